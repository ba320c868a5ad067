import type { EventsCondition, RuleCustomer } from '@tidegate/rules';
import { livenessOf } from './date-moment';
import { openRule } from './open-rule';
import { momentRuleKey, type MomentRule } from './moment-rule';
import type { StrategySnapshot } from './strategy-snapshot';

/** A fact as it was accepted. */
export interface Fact {
  factId: string;
  factType: string;
  customerId: string;
  data: Readonly<Record<string, unknown>>;
  occurredAt: Date;
  acceptedAt: Date;
}

/** What is said so far; 'ask' when only what is not known yet can tell. */
export type FactVerdict = 'fires' | 'silent' | 'ask';

/** A threshold rule of a live strategy, ready to be asked. */
export interface ThresholdRule {
  key: string;
  strategyId: string;
  strategyRevision: number;
  ruleId: string;
  factType: string;
  actionIds: string[];
  cooldownDays: number;
  /** Conditions on past events, to be asked of who keeps the facts. */
  counted: readonly EventsCondition[];
  /** Looks at the fact only: most facts need no customer. */
  screen(fact: Fact): FactVerdict;
  /** Looks at the customer too, and at what holds of the past events (in the order of `counted`) when that was asked. */
  judge(fact: Fact, customer: RuleCustomer, holds?: readonly boolean[]): FactVerdict;
}

const SECOND_MS = 1_000;

/** Compiles a rule. @param utcOffsetMinutes the bank's calendar, for conditions on ages and birthdays */
export function compileThresholdRule(
  snapshot: StrategySnapshot,
  rule: MomentRule,
  utcOffsetMinutes: number,
): ThresholdRule {
  const isLive = livenessOf(snapshot);
  const { counted, read } = openRule(rule.condition, utcOffsetMinutes);
  return {
    key: momentRuleKey(snapshot.strategyId, rule.ruleId),
    strategyId: snapshot.strategyId,
    strategyRevision: snapshot.revision,
    ruleId: rule.ruleId,
    factType: rule.factType,
    actionIds: rule.actionIds,
    cooldownDays: rule.cooldownDays,
    counted,
    screen(fact) {
      if (!isLive(fact.acceptedAt) || isTooOld(fact, rule.maxAgeSeconds)) return 'silent';
      return verdictOf(read({ at: fact.acceptedAt, event: fact.data }));
    },
    judge: (fact, customer, holds) =>
      verdictOf(read({ at: fact.acceptedAt, event: fact.data, customer, ...(holds && { holds }) })),
  };
}

const verdictOf = (value: boolean | undefined): FactVerdict =>
  value === undefined ? 'ask' : value ? 'fires' : 'silent';

const isTooOld = (fact: Fact, maxAgeSeconds: number): boolean =>
  maxAgeSeconds > 0 && fact.acceptedAt.getTime() - fact.occurredAt.getTime() > maxAgeSeconds * SECOND_MS;
