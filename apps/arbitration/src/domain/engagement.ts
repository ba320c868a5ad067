import type { RuleCustomer, RuleEventContext } from '@tidegate/rules';
import type { Stop } from './reason';
import { isLive, type Candidate, type Strategy } from './strategy';

export interface EngagementSubject {
  customer: RuleCustomer;
  now: Date;
  /** What the channel or the moment knows, for `event.*`. */
  event?: RuleEventContext;
  /** The customer stands on the strategy's own name list, which takes the place of its audience. */
  isListed: boolean;
}

/** Whether the strategy is in force and for this customer. */
export function audienceStop(strategy: Strategy, subject: EngagementSubject): Stop | null {
  if (!isLive(strategy, subject.now)) return 'STRATEGY_NOT_ACTIVE';
  const isMember = subject.isListed || strategy.isInAudience(subject.customer, subject.now, subject.event);
  return isMember ? null : 'NOT_IN_AUDIENCE';
}

/** Engagement policy of the action: may the bank, does it make sense now, is it right for this customer. */
export function engagementStop({ action }: Candidate, { customer, now, event }: EngagementSubject): Stop | null {
  if (!action.isEligible(customer, now, event)) return 'NOT_ELIGIBLE';
  if (!action.isApplicable(customer, now, event)) return 'NOT_APPLICABLE';
  return action.isSuitable(customer, now, event) ? null : 'NOT_SUITABLE';
}
