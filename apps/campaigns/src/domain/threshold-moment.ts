import { compilePredicate, type Rule, type RuleCustomer, type RulePredicate } from '@tidegate/rules';
import { livenessOf } from './date-moment';
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

/** What the fact alone says; 'ask' when only the customer's fields can tell. */
export type FactVerdict = 'fires' | 'silent' | 'ask';

/** A threshold rule of a live strategy, ready to be asked. */
export interface ThresholdRule {
  key: string;
  strategyId: string;
  ruleId: string;
  factType: string;
  actionIds: string[];
  cooldownDays: number;
  /** Looks at the fact only: most facts need no customer. */
  screen(fact: Fact): FactVerdict;
  /** Looks at the customer too. */
  matches(fact: Fact, customer: RuleCustomer): boolean;
}

const SECOND_MS = 1_000;
const NOBODY: RuleCustomer = { attributes: {} };

/** Compiles a rule. @param utcOffsetMinutes the bank's calendar, for conditions on ages and birthdays */
export function compileThresholdRule(
  snapshot: StrategySnapshot,
  rule: MomentRule,
  utcOffsetMinutes: number,
): ThresholdRule {
  const isLive = livenessOf(snapshot);
  const part = rule.condition === null ? () => true : factPartOf(rule.condition, utcOffsetMinutes);
  const whole = rule.condition === null ? () => true : compilePredicate(rule.condition, { utcOffsetMinutes });
  return {
    key: momentRuleKey(snapshot.strategyId, rule.ruleId),
    strategyId: snapshot.strategyId,
    ruleId: rule.ruleId,
    factType: rule.factType,
    actionIds: rule.actionIds,
    cooldownDays: rule.cooldownDays,
    screen(fact) {
      if (!isLive(fact.acceptedAt) || isTooOld(fact, rule.maxAgeSeconds)) return 'silent';
      const known = part(fact);
      if (known === undefined) return 'ask';
      return known ? 'fires' : 'silent';
    },
    matches: (fact, customer) => whole(customer, fact.acceptedAt, fact.data),
  };
}

const isTooOld = (fact: Fact, maxAgeSeconds: number): boolean =>
  maxAgeSeconds > 0 && fact.acceptedAt.getTime() - fact.occurredAt.getTime() > maxAgeSeconds * SECOND_MS;

/** True, false, or undefined when it depends on the customer. */
type FactPart = (fact: Fact) => boolean | undefined;

/** Three-valued reading of a rule (Kleene): what is said of the customer is unknown. */
function factPartOf(rule: Rule, utcOffsetMinutes: number): FactPart {
  if ('all' in rule) return allOf(rule.all.map((child) => factPartOf(child, utcOffsetMinutes)));
  if ('any' in rule) {
    // De Morgan: any is not all not.
    const none = allOf(rule.any.map((child) => negated(factPartOf(child, utcOffsetMinutes))));
    return negated(none);
  }
  if ('not' in rule) return negated(factPartOf(rule.not, utcOffsetMinutes));
  if (!('field' in rule) || !rule.field.startsWith('event.')) return () => undefined;
  const check: RulePredicate = compilePredicate(rule, { utcOffsetMinutes });
  return (fact) => check(NOBODY, fact.acceptedAt, fact.data);
}

const negated =
  (part: FactPart): FactPart =>
  (fact) => {
    const known = part(fact);
    return known === undefined ? undefined : !known;
  };

const allOf =
  (parts: readonly FactPart[]): FactPart =>
  (fact) => {
    let isUnknown = false;
    for (const part of parts) {
      const known = part(fact);
      if (known === false) return false;
      if (known === undefined) isUnknown = true;
    }
    return isUnknown ? undefined : true;
  };
