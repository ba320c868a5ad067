import type { ContactLimit, ContactPolicy } from './contact-policy';
import type { Contact } from './customer-state';
import { startOfDayMs } from './local-time';

const DAY_MS = 86_400_000;

export type ContactLimitReason = 'CONTACT_LIMIT_OVERALL' | 'CONTACT_LIMIT_CHANNEL' | 'CONTACT_LIMIT_GROUP';

const REASONS: Record<ContactLimit['scope'], ContactLimitReason> = {
  overall: 'CONTACT_LIMIT_OVERALL',
  channel: 'CONTACT_LIMIT_CHANNEL',
  group: 'CONTACT_LIMIT_GROUP',
};

/** Whether the contact still counts: it took place, or its reservation has not run out. */
export const isAlive = (contact: Contact, now: Date): boolean => contact.isCommitted || contact.expiresAt > now;

/** A limit with the beginning of its window at `now`. */
export interface OpenWindow {
  limit: ContactLimit;
  fromMs: number;
}

/** Resolves the windows once for all customers of a batch. */
export const openWindows = (policy: ContactPolicy, now: Date): OpenWindow[] =>
  policy.limits.map((limit) => ({
    limit,
    fromMs:
      limit.window === 'calendar'
        ? startOfDayMs(policy.timeZone, now, limit.windowDays - 1)
        : // The moment exactly n days ago is out of the window.
          now.getTime() - limit.windowDays * DAY_MS + 1,
  }));

/** The first limit that one more contact would break, or null. */
export function brokenLimit(
  windows: readonly OpenWindow[],
  contacts: readonly Contact[],
  candidate: { channel: string; group: string },
  now: Date,
): ContactLimitReason | null {
  for (const { limit, fromMs } of windows) {
    if (!applies(limit, candidate)) continue;
    let count = 0;
    for (const contact of contacts) {
      if (contact.at.getTime() >= fromMs && isSameKey(limit, contact, candidate) && isAlive(contact, now)) count += 1;
    }
    if (count >= limit.maxCount) return REASONS[limit.scope];
  }
  return null;
}

/** An action without group is in no group, so no group's limit can hold it back. */
const applies = (limit: ContactLimit, candidate: { channel: string; group: string }): boolean =>
  limit.scope === 'overall' ||
  (candidate[limit.scope] !== '' && (limit.key === '' || limit.key === candidate[limit.scope]));

const isSameKey = (limit: ContactLimit, contact: Contact, candidate: { channel: string; group: string }): boolean =>
  limit.scope === 'overall' || contact[limit.scope] === candidate[limit.scope];

/** A person of the bank is at work on this customer, or about to be. */
export const hasOpenHumanContact = (contacts: readonly Contact[], now: Date): boolean =>
  contacts.some((contact) => contact.isHuman && contact.isOpen && isAlive(contact, now));
