import type { Contact } from './customer-state';

const DAY_MS = 86_400_000;

/**
 * How long at most a person is taken to work a contact whose end was not told. Source: `leads` calls a lead back ten times at most, each within thirty
 * days unless it is moved again (ReleaseLead), after which it waits for a seat for ninety days at most where its queue has a limit.
 */
export const CONVERSATION_DAYS_MAX = 1_200;

/** Outcomes after which nobody works on the contact any more. */
const CLOSING: ReadonlySet<string> = new Set([
  'dismissed',
  'accepted',
  'rejected',
  'no_answer',
  'converted',
  'released',
]);

/** Whether nobody works on the contact any more after it. */
export const isClosing = (outcome: string): boolean => CLOSING.has(outcome);

/** Whether nobody works on the decision's contact any more. */
export const isEnded = ({ outcomes }: { outcomes: readonly { outcome: string }[] }): boolean =>
  outcomes.some(({ outcome }) => isClosing(outcome));

/** When a talk that began then is given up as one whose end nobody will tell. */
export const conversationEndsAt = (beganAt: Date): Date => new Date(beganAt.getTime() + CONVERSATION_DAYS_MAX * DAY_MS);

/** Whether the contact still counts: it took place, or its reservation has not run out. */
export const isAlive = (contact: Contact, now: Date): boolean => contact.isCommitted || contact.expiresAt > now;

/** Whether a person of the bank is at work on the customer with this contact, or about to be. */
export const isInConversation = (contact: Contact, now: Date): boolean =>
  contact.isHuman && contact.isOpen && isAlive(contact, now) && now < conversationEndsAt(contact.at);
