import type { CustomerState } from './customer-state';
import { planOf } from './candidate-plan';
import { funnelOf } from './funnel';
import type { Situation } from './situation';
import { CUSTOMER_UNKNOWN, STOPS, stopOf, type Stop } from './reason';
import { ruleSubject } from './rule-subject';
import type { Candidate } from './strategy';

/** What lasts: quiet hours, limits and capacity may be otherwise when the list is worked. */
const LASTING: ReadonlySet<Stop> = new Set([
  'NOT_ELIGIBLE',
  'CONSENT_MISSING',
  'COMPLAINT_HOLD',
  'STAFFED_ONLY',
  'ELDER_PROTECTED',
  'HOLDOUT_GLOBAL',
  'HOLDOUT_STRATEGY',
]);

/** Why the customer may not be contacted on any of the candidates; empty when on one it may. */
export function screenCustomer(
  customer: CustomerState | undefined,
  candidates: readonly Candidate[],
  situation: Situation,
): string {
  if (customer === undefined || customer.facts === null) return CUSTOMER_UNKNOWN;
  const subject = {
    customer: ruleSubject(customer.customerId, customer.facts, customer.past),
    now: situation.now,
    isListed: true,
  };
  const funnel = funnelOf(planOf(candidates), situation);
  funnel.begin(customer, subject);
  let furthest = -1;
  for (let index = 0; index < candidates.length; index += 1) {
    const stop = stopOf(funnel.standingCode(index));
    if (stop === null || !LASTING.has(stop)) return '';
    furthest = Math.max(furthest, STOPS.indexOf(stop));
  }
  return STOPS[furthest] ?? '';
}
