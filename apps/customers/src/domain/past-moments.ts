import { bankDayOf, type BankDay, type RuleEvent, type RulePredicate, type StoredCustomer } from '@tidegate/rules';
import type { Fact } from './fact';

/** What makes a fact a moment of truth 关键时刻. */
export interface MomentCondition {
  factType: string;
  /** Null for every fact of the type. */
  holds: RulePredicate | null;
  /** How far back it counts past events; 0 where it counts none. */
  windowDays: number;
}

/** Facts of a customer, and whether older ones were left out. */
export interface KnownFacts {
  facts: readonly Fact[];
  isCut: boolean;
  events: readonly RuleEvent[];
}

/**
 * The bank's days on which facts that occurred from `since` on and before `until` met the condition, each once and in order: the fact and the
 * events before it as they were, the profile as it is now.
 */
export function momentDays(
  { factType, holds, windowDays }: MomentCondition,
  customer: StoredCustomer,
  { facts, events, isCut }: KnownFacts,
  at: { since: Date; until: Date; timeZone: string },
): BankDay[] {
  if (windowDays > 0 && isCut) return [];
  const subject = { ...customer, events };
  const met = facts.filter(
    ({ type, occurredAt, data }) =>
      type === factType &&
      occurredAt >= at.since &&
      occurredAt < at.until &&
      (holds === null || holds(subject, occurredAt, data)),
  );
  return [...new Set(met.map(({ occurredAt }) => bankDayOf(occurredAt, at.timeZone)))].sort();
}
