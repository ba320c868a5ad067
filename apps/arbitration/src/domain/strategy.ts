import type { RulePredicate } from '@tidegate/rules';
import type { QuotaUse } from './quota';
import type { RuleReads } from './rule-reads';

/** What is said on one channel, and who says it. */
export interface Treatment {
  channel: string;
  title: string;
  body: string;
  scriptId: string;
  scriptVersion: number;
  /** The queue of people that works it; empty where no people do. */
  queue: string;
  /** The partner's endpoint that a webhook names; empty for the organisation's first, and on other channels. */
  endpointId: string;
  benefitStockId: string;
  contextWeight: number;
  /** What a choice takes of shared quotas, each named once. */
  quotaUses: readonly QuotaUse[];
}

/** An action of a published strategy, its rules compiled. */
export interface StrategyAction {
  actionId: string;
  issue: string;
  group: string;
  /** The consent it needs. */
  purpose: string;
  valueMinor: number;
  leverPercent: number;
  /** Empty: propensity 1. */
  modelSlot: string;
  isEligible: RulePredicate;
  isApplicable: RulePredicate;
  isSuitable: RulePredicate;
  /** Whether the past facts that these rules count are known; null when they count none. */
  isPastKnown: RulePredicate | null;
  treatments: Treatment[];
}

/** What is a moment of truth 关键时刻, as its strategy says; the conditions are rules without segments. */
export interface MomentRule {
  /** Absent in snapshots of before it was told. */
  ruleId?: string;
  kind: string;
  /** Of a threshold rule. */
  factType: string;
  /** Null for none. */
  condition: Record<string, unknown> | null;
  /** Of a date_relative rule, with `offsetDays` and `isYearly`. */
  dateField: string;
  offsetDays: number;
  isYearly: boolean;
  actionIds: string[];
  cooldownDays: number;
}

export type StrategyState = 'draft' | 'in_review' | 'published' | 'paused' | 'retired';

/** A published strategy as decisions use it: compiled once, held in memory. */
export interface Strategy {
  strategyId: string;
  version: number;
  revision: number;
  orgPath: string;
  state: StrategyState;
  startsAtMs: number;
  /** Infinity without an end. */
  endsAtMs: number;
  holdoutBasisPoints: number;
  explorationBasisPoints: number;
  /** Times it may be chosen in all; 0 for no limit. */
  quota: number;
  isInAudience: RulePredicate;
  /** The same of the past facts that the audience counts. */
  isAudiencePastKnown: RulePredicate | null;
  actions: StrategyAction[];
  /** Actions that only a moment of truth makes candidates. */
  momentActionIds: ReadonlySet<string>;
  /** What makes these moments; empty where it was not told. */
  momentRules: readonly MomentRule[];
  /** What its rules and its actions' read of the customer. */
  reads: RuleReads;
}

/** One action on one channel: what the funnel judges. */
export interface Candidate {
  strategy: Strategy;
  action: StrategyAction;
  treatment: Treatment;
}

export const isLive = (strategy: Strategy, now: Date): boolean =>
  strategy.state === 'published' && strategy.startsAtMs <= now.getTime() && now.getTime() < strategy.endsAtMs;

/** Whether it is out of force for now alone: paused, or still to begin. One that is retired or past its end comes no more. */
export const isAwaited = (strategy: Strategy, now: Date): boolean =>
  strategy.state !== 'retired' && now.getTime() < strategy.endsAtMs && !isLive(strategy, now);

/** Whether it takes people's time and is a conversation with a person; an endpoint is neither. */
export const isHuman = (treatment: Treatment): boolean => treatment.queue !== '';

/** Candidates of a strategy, in its order of actions and channels. */
export const candidatesOf = (
  strategy: Strategy,
  wanted: { actionIds?: ReadonlySet<string>; channels?: ReadonlySet<string> } = {},
): Candidate[] =>
  strategy.actions
    .filter((action) => wanted.actionIds?.has(action.actionId) ?? true)
    .flatMap((action) =>
      action.treatments
        .filter((treatment) => wanted.channels?.has(treatment.channel) ?? true)
        .map((treatment) => ({ strategy, action, treatment })),
    );

/** What a pull may offer: everything but actions that wait for their moment. */
export const pullCandidatesOf = (strategy: Strategy, channels: ReadonlySet<string>): Candidate[] =>
  candidatesOf(strategy, { channels }).filter(({ action }) => !strategy.momentActionIds.has(action.actionId));

/** Name of a candidate that a later version of its strategy may still have. */
export const candidateKey = ({ action, treatment }: Candidate): string =>
  [action.actionId, treatment.channel, treatment.queue || treatment.endpointId].join('|');
