import type { QuietHours } from './contact-policy';
import { isTimeZone, localDate, minuteOfDay, startOfDayMs } from './local-time';
import { isWorkingDay } from './working-calendar';

const MINUTE_MS = 60_000;
/** Steps to look ahead for the opening: the longest run of days off with a night after each is far below it. */
const STEPS_MAX = 60;

/** Open; or quiet, for good or until a moment. */
export type Quiet = 'open' | 'discard' | { until: Date };

/** Whether nothing may go out on the channel now, by the minutes of the local day or because the day is no working day. */
export const isQuiet = (rules: readonly QuietHours[], channel: string, zone: string, now: Date): boolean =>
  rules.some((rule) => rule.channel === channel && quietUntilMs(rule, zone, now) !== null);

/** Whose day it is: the customer's own zone, by his attribute `timeZone`, else the bank's. */
export const zoneOf = (own: unknown, bankZone: string): string =>
  typeof own === 'string' && isTimeZone(own) ? own : bankZone;

/**
 * What the quiet hours of a channel say of a message wanted now. It waits only when every rule that is quiet now queues, and goes out when no
 * rule is quiet any more, those that discard included.
 */
export function quietOf(
  rules: readonly QuietHours[],
  place: { channel: string; isService: boolean },
  zone: string,
  now: Date,
): Quiet {
  const own = rules.filter(
    ({ channel, isServiceExempt }) => channel === place.channel && !(place.isService && isServiceExempt),
  );
  const quietNow = own.filter((rule) => quietUntilMs(rule, zone, now) !== null);
  if (quietNow.length === 0) return 'open';
  if (quietNow.some(({ mode }) => mode !== 'queue')) return 'discard';
  let at = now;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const ends = own.map((rule) => quietUntilMs(rule, zone, at)).filter((end) => end !== null);
    if (ends.length === 0) return { until: at };
    at = new Date(Math.max(...ends));
  }
  return 'discard';
}

/** When the rule's present quiet ends, at the latest the next local midnight; null when it is not quiet. */
function quietUntilMs(rule: QuietHours, zone: string, at: Date): number | null {
  if (rule.isQuietOnHolidays && !isWorkingDay(localDate(zone, at))) return startOfDayMs(zone, at, -1);
  const minute = minuteOfDay(zone, at);
  if (!isWithin(rule.fromMinute, rule.toMinute, minute)) return null;
  const midnightMs = startOfDayMs(zone, at, -1);
  if (minute >= rule.toMinute) return midnightMs;
  // Whole minutes, so that seconds of now do not move the end.
  const wholeMs = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
  return Math.min(midnightMs, wholeMs + (rule.toMinute - minute) * MINUTE_MS);
}

/** From is included, to is not; from after to wraps over midnight, and equal ends are no hours at all. */
const isWithin = (from: number, to: number, minute: number): boolean =>
  from <= to ? minute >= from && minute < to : minute >= from || minute < to;
