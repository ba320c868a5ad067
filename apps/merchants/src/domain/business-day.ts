import { invalid, refused } from '@tidegate/errors';
import type { LocalMoment } from './opening-hours';

/** A bank's calendar day as a span of time, `to` exclusive. */
export interface BusinessDay {
  /** ISO date. */
  date: string;
  from: Date;
  to: Date;
}

const DAY_MS = 86_400_000;

/**
 * The calendar day of a zone. Days of 23 or 25 hours come out right.
 * @throws VALIDATION_FAILED when the date does not exist
 */
export function businessDay(date: string, timeZone: string): BusinessDay {
  const start = Date.parse(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(start) || isoDate(start) !== date) {
    throw invalid([{ field: 'businessDate', description: 'an ISO date, e.g. 2026-11-22' }]);
  }
  return { date, from: localMidnight(start, timeZone), to: localMidnight(start + DAY_MS, timeZone) };
}

/** The calendar date of an instant in a zone. */
export function businessDateOf(instant: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(instant);
}

/** What the clocks of a zone show at an instant. */
export function localMoment(instant: Date, timeZone: string): LocalMoment {
  const shown = new Date(instant.getTime() + offsetMs(instant.getTime(), timeZone)).toISOString();
  return { date: shown.slice(0, 10), minute: Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14, 16)) };
}

/** The dates of the last `count` days that are over by `graceMs`, oldest first. */
export function finishedDates(now: Date, timeZone: string, count: number, graceMs: number): string[] {
  const today = Date.parse(businessDateOf(new Date(now.getTime() - graceMs), timeZone));
  return Array.from({ length: count }, (_, index) => isoDate(today - (count - index) * DAY_MS));
}

/** @throws BUSINESS_DAY_OPEN when the day is not over yet */
export function requireOver(day: BusinessDay, now: Date): void {
  if (now < day.to) {
    throw refused('BUSINESS_DAY_OPEN', 'The business day is not over yet.', { endsAt: day.to.toISOString() });
  }
}

const isoDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The instant at which a zone's clocks show this UTC midnight's date and 00:00. */
function localMidnight(utcMidnight: number, timeZone: string): Date {
  // The offset at the guess may differ from the one at the answer when clocks change that night: one more round settles it.
  const guess = utcMidnight - offsetMs(utcMidnight, timeZone);
  return new Date(utcMidnight - offsetMs(guess, timeZone));
}

function offsetMs(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}
