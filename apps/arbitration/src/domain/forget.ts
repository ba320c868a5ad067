import { SERVICE } from './consent';
import type { ContactPolicy } from './contact-policy';
import { isAlive, isInConversation } from './conversation';
import type { Contact, CustomerState, OutcomeMark } from './customer-state';

const DAY_MS = 86_400_000;
/** What is kept beyond the policy in force, so that a longer window finds its past. */
const SPARE_DAYS = 32;
/** Newest entries of a kind kept of a customer, whatever the windows say. */
const KEPT_MAX = 400;

/**
 * Drops what no limit or suppression can ask about any more, so that a customer's document stays small. Contacts that are still promised
 * are always kept, as are those that a person works.
 */
export function forgetOld(state: CustomerState, policy: ContactPolicy, now: Date): CustomerState {
  const contactDays = Math.max(SPARE_DAYS, ...policy.limits.map(({ windowDays }) => windowDays + 1));
  const outcomeDays = Math.max(
    SPARE_DAYS,
    ...policy.suppressions.map(({ withinDays, pauseDays }) => withinDays + pauseDays),
  );
  const contactFrom = now.getTime() - contactDays * DAY_MS;
  const outcomeFrom = now.getTime() - outcomeDays * DAY_MS;
  const talks = state.contacts.filter((contact) => isInConversation(contact, now));
  const others = state.contacts.filter(
    (contact) =>
      !talks.includes(contact) &&
      isAlive(contact, now) &&
      (contact.at.getTime() >= contactFrom || !contact.isCommitted),
  );
  return {
    ...state,
    // Apart, so that however many service messages never hide promotion from its limits, nor anything who talks to the customer.
    contacts: [talks, others.filter((one) => !isService(one)), others.filter(isService)].flatMap(newest),
    outcomes: newest(state.outcomes.filter(({ at }) => at.getTime() >= outcomeFrom)),
  };
}

const isService = ({ purpose }: Contact): boolean => purpose === SERVICE;

const newest = <T extends Contact | OutcomeMark>(entries: T[]): T[] =>
  entries.length <= KEPT_MAX
    ? entries
    : [...entries].sort((left, right) => left.at.getTime() - right.at.getTime()).slice(-KEPT_MAX);
