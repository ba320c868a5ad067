import type { DayMinute } from './capacity-book';
import { splitSlot } from './capacity';
import { localDate, localIsoWeek, minuteOfDay, zonedMs } from './local-time';

const DAY_MS = 86_400_000;

/** Which slots may be spent from, the earliest first; of each day the first that exists is in force. */
export interface CapacityWindow {
  slots: readonly (readonly string[])[];
  /** Parts of days that are over by then are left out. */
  from?: DayMinute;
}

/** How many days beyond today may be promised. */
export const HORIZON_DAYS_MAX = 60;

/** `2026-03-03` of `2026-03-02`. */
export const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Today and the days after it: each as itself when its day was put, else as its week. */
export function daysAhead(zone: string, now: Date, horizonDays = 0): CapacityWindow {
  const today = localDate(zone, now);
  const days = Array.from({ length: horizonDays + 1 }, (_, ahead) => dayAfter(today, ahead));
  return {
    slots: days.map((day) => [day, localIsoWeek('UTC', new Date(`${day}T00:00:00Z`))]),
    from: { day: today, minute: minuteOfDay(zone, now) },
  };
}

/** A slot that was named. */
export const namedSlot = (slot: string): CapacityWindow => ({ slots: [[slot]] });

/** The slot that was named, or the days ahead. */
export const windowOf = (
  { capacitySlot, horizonDays = 0 }: { capacitySlot: string; horizonDays?: number },
  zone: string,
  now: Date,
): CapacityWindow => (capacitySlot === '' ? daysAhead(zone, now, horizonDays) : namedSlot(capacitySlot));

/** When a promised slot begins, of one that is not now: a later day, or a later part of a day. Null when it may be worked at once. */
export function promisedAtOf(slot: string, { policy: { timeZone }, now }: SlotMoment): Date | null {
  const { day, fromMinute } = splitSlot(slot);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const at = new Date(zonedMs(timeZone, day, fromMinute ?? 0));
  return at > now ? at : null;
}

interface SlotMoment {
  policy: { timeZone: string };
  now: Date;
}
