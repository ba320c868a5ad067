import type { DayMinute } from './capacity-book';
import { dayAfter, localDate, localIsoWeek, minuteOfDay } from './local-time';

/** Which slots may be spent from, the earliest first; of each day the first that exists is in force. */
export interface CapacityWindow {
  slots: readonly (readonly string[])[];
  /** Parts of days that are over by then are left out. */
  from?: DayMinute;
}

/** How many days beyond today may be promised. */
export const HORIZON_DAYS_MAX = 60;

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
