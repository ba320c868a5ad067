import { MARKETING, SERVICE } from './consent';
import type { ContactLimit, ContactPolicy } from './contact-policy';
import { isAlive, isInConversation } from './conversation';
import type { Contact } from './customer-state';
import { dayOfMonth, daysInMonth, startOfDayMs, weekday } from './local-time';

const DAY_MS = 86_400_000;

export type ContactLimitReason = 'CONTACT_LIMIT_OVERALL' | 'CONTACT_LIMIT_CHANNEL' | 'CONTACT_LIMIT_GROUP';

const REASONS: Record<ContactLimit['scope'], ContactLimitReason> = {
  overall: 'CONTACT_LIMIT_OVERALL',
  channel: 'CONTACT_LIMIT_CHANNEL',
  group: 'CONTACT_LIMIT_GROUP',
};

/** What a limit asks of one more contact. */
export interface ContactPlace {
  channel: string;
  group: string;
  purpose: string;
}

/** A limit with what its window spans around one moment: a contact queued for later counts against one that would be near it. */
export interface OpenWindow {
  limit: ContactLimit;
  isService: boolean;
  fromMs: number;
  /** Not included. */
  toMs: number;
}

/** Resolves the windows once for all customers of a batch. */
export const openWindows = (policy: Pick<ContactPolicy, 'limits' | 'timeZone'>, at: Date): OpenWindow[] =>
  policy.limits.map((limit) => ({
    limit,
    isService: limit.purpose === SERVICE,
    ...spanOf(limit, policy.timeZone, at),
  }));

function spanOf({ window, windowDays }: ContactLimit, zone: string, at: Date): { fromMs: number; toMs: number } {
  switch (window) {
    case 'rolling': {
      // The moment exactly n days ago is out of the window.
      const lengthMs = windowDays * DAY_MS;
      return { fromMs: at.getTime() - lengthMs + 1, toMs: at.getTime() + lengthMs };
    }
    case 'calendar':
      return { fromMs: startOfDayMs(zone, at, windowDays - 1), toMs: startOfDayMs(zone, at, -windowDays) };
    case 'calendar_week': {
      const daysBack = weekday(zone, at) - 1;
      return { fromMs: startOfDayMs(zone, at, daysBack), toMs: startOfDayMs(zone, at, daysBack - 7) };
    }
    case 'calendar_month': {
      const daysBack = dayOfMonth(zone, at) - 1;
      return {
        fromMs: startOfDayMs(zone, at, daysBack),
        toMs: startOfDayMs(zone, at, daysBack - daysInMonth(zone, at)),
      };
    }
  }
}

/** How many contacts of a customer each window holds, counted once and asked for many candidates. */
export class ContactCounts {
  /** By window: contacts of each channel or group; under '' where all count together. */
  private readonly counts: Map<string, number>[];

  constructor(
    private readonly windows: readonly OpenWindow[],
    contacts: readonly Contact[],
    now: Date,
  ) {
    const alive = contacts.filter((contact) => isAlive(contact, now));
    this.counts = windows.map((window) => countIn(window, alive));
  }

  /** The first limit that one more contact would break, or null. Service messages and promotion are counted apart. */
  brokenLimit(place: ContactPlace): ContactLimitReason | null {
    const isService = place.purpose === SERVICE;
    for (let index = 0; index < this.windows.length; index += 1) {
      const { limit, isService: isOfService } = this.windows[index] as OpenWindow;
      if (isOfService !== isService || !applies(limit, place)) continue;
      const count = this.counts[index]?.get(limit.scope === 'overall' ? '' : place[limit.scope]) ?? 0;
      if (count >= limit.maxCount) return REASONS[limit.scope];
    }
    return null;
  }
}

function countIn({ limit, isService, fromMs, toMs }: OpenWindow, contacts: readonly Contact[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const contact of contacts) {
    const atMs = contact.at.getTime();
    if (atMs < fromMs || atMs >= toMs || ((contact.purpose ?? MARKETING) === SERVICE) !== isService) continue;
    const key = limit.scope === 'overall' ? '' : contact[limit.scope];
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** An action without group is in no group, so no group's limit can hold it back. */
const applies = (limit: ContactLimit, place: ContactPlace): boolean =>
  limit.scope === 'overall' || (place[limit.scope] !== '' && (limit.key === '' || limit.key === place[limit.scope]));

/** A person of the bank is at work on this customer, or about to be. */
export const hasOpenHumanContact = (contacts: readonly Contact[], now: Date): boolean =>
  contacts.some((contact) => isInConversation(contact, now));
