import { hasComplaintHold, hasConsent, MARKETING } from './consent';
import { isClosing } from './conversation';
import type { CustomerState } from './customer-state';
import type { DecisionRecord, RetractionReason } from './decision';

/**
 * Whether the customer allows less than before: a hold began, or a purpose on some channel is refused that was granted. Only then may a
 * decision that was made before have to be retracted.
 */
export function allowsLess(before: CustomerState, after: CustomerState): boolean {
  if (hasComplaintHold(after) && !hasComplaintHold(before)) return true;
  // A channel that nobody said a word about goes with the word about all channels, which is among these.
  return [...wordsOf(before), ...wordsOf(after)].some(
    ({ purpose, channel }) => hasConsent(before, purpose, channel) && !hasConsent(after, purpose, channel),
  );
}

/**
 * Why a decision that may still lead to a contact is to be retracted 撤回, by what is known of its customer now; null when nothing speaks against
 * it. The hold of a complaint stops promotion alone, a withdrawn consent its own purpose on its own channel.
 */
export function retractionOf(record: DecisionRecord, customer: CustomerState): RetractionReason | null {
  if (!isPending(record)) return null;
  const { purpose = MARKETING, channel } = record;
  if (!hasConsent(customer, purpose, channel)) return 'CONSENT_MISSING';
  return purpose === MARKETING && hasComplaintHold(customer) ? 'COMPLAINT_HOLD' : null;
}

/**
 * Whether somebody may still act on the decision: a message that is not known to have arrived, a lead that is not known to have ended, also after
 * its reservation ran out. What a pull answered was in the channel's hands at once, unless a person works it.
 */
function isPending({ reason, mode, queue, reservation, outcomes, retractedReason }: DecisionRecord): boolean {
  if (reason !== 'CHOSEN' || retractedReason !== undefined || (mode === 'pull' && queue === '')) return false;
  if (reservation === 'none' || reservation === 'released') return false;
  // A message of which anything was heard has arrived; a person may still work on a contact that is not closed.
  return !outcomes.some(({ outcome }) => queue === '' || outcome === 'delivered' || isClosing(outcome));
}

export const retracted = (record: DecisionRecord, retractedReason: RetractionReason, now: Date): DecisionRecord => ({
  ...record,
  retractedReason,
  retractedAt: now,
});

const wordsOf = ({ facts, writtenThrough }: CustomerState): readonly { purpose: string; channel: string }[] => [
  ...(facts?.consents ?? []),
  ...writtenThrough.consents,
];
