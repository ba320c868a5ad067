import { isWorkedByPeople } from './channel';
import { MARKETING } from './consent';
import { allKnown, type CompiledRule, type RuleContext } from './past-facts';
import { quotaUsesOf, type QuotaUseSnapshot } from './quota-uses';
import { RuleReader } from './rule-reads';
import type { MomentRule, Strategy, StrategyAction, StrategyState, Treatment } from './strategy';

/** A treatment as the published snapshot carries it: its queue names people or, of a webhook, an endpoint. */
export interface TreatmentSnapshot extends Omit<Treatment, 'scriptVersion' | 'quotaUses' | 'endpointId'> {}

export interface ActionSnapshot {
  actionId: string;
  /** Absent in snapshots of before it was told. */
  issue?: string;
  group: string;
  purpose: string;
  valueMinor: number;
  leverPercent: number;
  modelSlot: string;
  eligibility: unknown;
  applicability: unknown;
  suitability: unknown;
  treatments: TreatmentSnapshot[];
}

/** A published strategy, complete: segment rules put in, script versions bound. Plain data, as stored. */
export interface StrategySnapshot {
  strategyId: string;
  version: number;
  revision: number;
  orgPath: string;
  state: string;
  startsAt: Date | null;
  endsAt: Date | null;
  holdoutBasisPoints: number;
  explorationBasisPoints: number;
  quota: number;
  /** Order of preference; empty for those of the treatments. */
  channels: string[];
  momentActionIds: string[];
  /** Absent in snapshots of before it was told. */
  momentRules?: MomentRule[];
  audience: unknown;
  actions: ActionSnapshot[];
  scriptVersions: Record<string, number>;
  /** Absent in snapshots of before there were any. */
  quotaUses?: QuotaUseSnapshot[];
}

/**
 * Compiles a snapshot to closures, so that a decision parses nothing.
 * @throws RULE_INVALID, RULE_SEGMENT_UNKNOWN when a rule is none
 */
export function compileStrategy(snapshot: StrategySnapshot, context: RuleContext): Strategy {
  const rules = new RuleReader(context);
  const compile = (rule: unknown, at: string): CompiledRule => rules.compile(rule, at);
  const audience = compile(snapshot.audience, 'audience');
  const compiled = {
    strategyId: snapshot.strategyId,
    version: snapshot.version,
    revision: snapshot.revision,
    orgPath: snapshot.orgPath,
    state: snapshot.state as StrategyState,
    startsAtMs: snapshot.startsAt?.getTime() ?? 0,
    endsAtMs: snapshot.endsAt?.getTime() ?? Infinity,
    holdoutBasisPoints: snapshot.holdoutBasisPoints,
    explorationBasisPoints: snapshot.explorationBasisPoints,
    quota: snapshot.quota,
    isInAudience: audience.accepts,
    isAudiencePastKnown: audience.isKnown,
    momentActionIds: new Set(snapshot.momentActionIds),
    momentRules: snapshot.momentRules ?? [],
    actions: snapshot.actions.map((action, index): StrategyAction => {
      const eligibility = compile(action.eligibility, `actions[${index}].eligibility`);
      const applicability = compile(action.applicability, `actions[${index}].applicability`);
      const suitability = compile(action.suitability, `actions[${index}].suitability`);
      return {
        actionId: action.actionId,
        issue: action.issue ?? '',
        group: action.group,
        purpose: action.purpose || MARKETING,
        valueMinor: action.valueMinor,
        leverPercent: action.leverPercent,
        modelSlot: action.modelSlot,
        isEligible: eligibility.accepts,
        isApplicable: applicability.accepts,
        isSuitable: suitability.accepts,
        isPastKnown: allKnown([eligibility, applicability, suitability]),
        treatments: treatmentsOf(action, snapshot),
      };
    }),
  };
  return { ...compiled, reads: rules.reads };
}

/** All rules of a snapshot, as it was told. */
export const rulesOf = ({ audience, actions }: StrategySnapshot): unknown[] => [
  audience,
  ...actions.flatMap(({ eligibility, applicability, suitability }) => [eligibility, applicability, suitability]),
];

/** The treatments on the strategy's channels, in its order of preference. */
function treatmentsOf(action: ActionSnapshot, snapshot: StrategySnapshot): Treatment[] {
  const { channels, scriptVersions } = snapshot;
  const treatments = action.treatments.map((treatment) => ({
    ...treatment,
    ...addresseeOf(treatment),
    scriptVersion: scriptVersions[treatment.scriptId] ?? 0,
    quotaUses: quotaUsesOf(snapshot.quotaUses ?? [], action.actionId, treatment.channel),
  }));
  if (channels.length === 0) return treatments;
  return treatments
    .filter(({ channel }) => channels.includes(channel))
    .sort((left, right) => channels.indexOf(left.channel) - channels.indexOf(right.channel));
}

/** Whom a treatment's queue names: people who work it, a partner's endpoint, or nobody where neither is asked for. */
const addresseeOf = ({ channel, queue }: TreatmentSnapshot): Pick<Treatment, 'queue' | 'endpointId'> => ({
  queue: isWorkedByPeople(channel) ? queue : '',
  endpointId: channel === 'webhook' ? queue : '',
});
