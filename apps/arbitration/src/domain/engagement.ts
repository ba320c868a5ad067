import type { RuleCustomer, RuleEventContext, RulePredicate } from '@tidegate/rules';
import type { Stop } from './reason';
import { isLive, type Strategy } from './strategy';

export interface EngagementSubject {
  customer: RuleCustomer;
  now: Date;
  /** What the channel or the moment knows, for `event.*`. */
  event?: RuleEventContext;
  /** The customer stands on the strategy's own name list, which takes the place of its audience. */
  isListed: boolean;
}

/** Compiled rules of one level: may the bank, does it make sense now, is it right for this customer. */
export interface EngagementRules {
  isEligible: RulePredicate;
  isApplicable: RulePredicate;
  isSuitable: RulePredicate;
}

/** Levels above the action that have rules of their own. */
export type EngagementScope = 'issue' | 'group';

export const levelKey = (scope: EngagementScope, key: string): string => `${scope}|${key}`;

/** Rules of issues and groups, by `levelKey`. */
export type EngagementLevels = ReadonlyMap<string, EngagementRules>;

/** Whether the strategy is in force and for this customer. */
export function audienceStop(strategy: Strategy, subject: EngagementSubject): Stop | null {
  if (!isLive(strategy, subject.now)) return 'STRATEGY_NOT_ACTIVE';
  const isMember = subject.isListed || strategy.isInAudience(subject.customer, subject.now, subject.event);
  return isMember ? null : 'NOT_IN_AUDIENCE';
}

/**
 * Engagement policy over all levels, the widest first: eligibility of issue, group and action before applicability of any, and that before
 * suitability.
 */
export function engagementStop(
  levels: readonly EngagementRules[],
  { customer, now, event }: EngagementSubject,
): Stop | null {
  for (const level of levels) if (!level.isEligible(customer, now, event)) return 'NOT_ELIGIBLE';
  for (const level of levels) if (!level.isApplicable(customer, now, event)) return 'NOT_APPLICABLE';
  for (const level of levels) if (!level.isSuitable(customer, now, event)) return 'NOT_SUITABLE';
  return null;
}
