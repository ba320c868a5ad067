import type { IsMeant } from './capacity-book';
import { MARKETING, SERVICE } from './consent';
import { ContactCounts } from './contact-limits';
import type { CustomerState } from './customer-state';
import type { DecisionRecord } from './decision';
import type { OpenSlot } from './promise-times';
import { zoneOf } from './quiet-hours';
import type { Situation } from './situation';

/** Where a unit of people's time may move to. */
export interface MovePlaces {
  isMeant: IsMeant;
  /** When a contact can take place in a slot; null for at once. */
  promisedAtOf: (slot: string) => Date | null;
}

/**
 * The slots to which the promise of a decision may move: none in which its channel is quiet for the customer, nor, for a promise that nobody works
 * on yet, one in which a limit would be broken.
 * @param customer with the contacts of his person
 */
export function movePlaces(
  slots: readonly OpenSlot[],
  decision: DecisionRecord,
  customer: CustomerState,
  { situation, isUnderWay }: { situation: Situation; isUnderWay: boolean },
): MovePlaces {
  const { channel, actionGroup: group, purpose = MARKETING, queuedUntil } = decision;
  const place = { channel, isService: purpose === SERVICE };
  const zone = zoneOf(customer.facts?.attributes.timeZone, situation.policy.timeZone);
  const times = situation.promiseTimes(slots, place, zone);
  const others = customer.contacts.filter(({ decisionId }) => decisionId !== decision.decisionId);
  const isWithinLimits = (at: Date): boolean =>
    new ContactCounts(situation.windowsAt(at), others, situation.now).brokenLimit({ channel, group, purpose }) === null;
  const isOpenNow = queuedUntil != null || situation.quietOf(place, zone) === 'open';
  return {
    isMeant: (slot) => {
      const at = times?.later.get(slot);
      if (at !== undefined) return isUnderWay || isWithinLimits(at);
      const isNow = times === null || times.now.has(slot);
      return isNow && (isUnderWay || (isOpenNow && isWithinLimits(queuedUntil ?? situation.now)));
    },
    promisedAtOf: (slot) => times?.later.get(slot) ?? null,
  };
}
