import type { BankCalendar } from '@tidegate/bank-calendar';
import type { QuietHours } from './contact-policy';
import { dayAfter, isTimeZone, localDate, minuteOfDay, startOfDayMs, zonedMs } from './local-time';

const MINUTE_MS = 60_000;
/** Steps to look ahead for the opening: the longest run of days off with a night after each is far below it. */
const STEPS_MAX = 60;
/** Days to look ahead for the closing. */
const CLOSING_DAYS = 31;

/** What is asked about: a channel, and whether the message is service. */
export interface QuietPlace {
  channel: string;
  isService: boolean;
}

/** Open; or quiet, for good or until a moment. */
export type Quiet = 'open' | 'discard' | { until: Date };

/** Whether nothing may go out on the channel now, by the minutes of the local day or because the day is no working day. */
export const isQuiet = (
  rules: readonly QuietHours[],
  channel: string,
  zone: string,
  now: Date,
  calendar: BankCalendar,
): boolean => rules.some((rule) => rule.channel === channel && quietUntilMs(rule, zone, now, calendar) !== null);

/** Whose day it is: the customer's own zone, by his attribute `timeZone`, else the bank's. */
export const zoneOf = (own: unknown, bankZone: string): string =>
  typeof own === 'string' && isTimeZone(own) ? own : bankZone;

/**
 * What the quiet hours of a channel say of a message wanted now. It waits only when every rule that is quiet now queues, and goes out when no
 * rule is quiet any more, those that discard included.
 */
export function quietOf(
  rules: readonly QuietHours[],
  place: QuietPlace,
  zone: string,
  now: Date,
  calendar: BankCalendar,
): Quiet {
  const own = rulesOf(rules, place);
  const quietNow = own.filter((rule) => quietUntilMs(rule, zone, now, calendar) !== null);
  if (quietNow.length === 0) return 'open';
  if (quietNow.some(({ mode }) => mode !== 'queue')) return 'discard';
  const until = endOfQuiet(own, zone, { from: now, toMs: Infinity }, calendar);
  return until === null ? 'discard' : { until };
}

/** The first moment of a time at which the channel is open, whatever becomes of what is wanted before it; null when there is none. */
export const opensAt = (
  rules: readonly QuietHours[],
  place: QuietPlace,
  zone: string,
  time: Time,
  calendar: BankCalendar,
): Date | null => endOfQuiet(rulesOf(rules, place), zone, time, calendar);

/**
 * The first moment after one at which the channel is open, from which it is quiet; null when it stays open for a month, which is for ever. Quiet of
 * both kinds counts, whatever becomes of what is wanted in it.
 */
export function closesAt(
  rules: readonly QuietHours[],
  place: QuietPlace,
  zone: string,
  from: Date,
  calendar: BankCalendar,
): Date | null {
  const own = rulesOf(rules, place);
  let day = localDate(zone, from);
  for (let ahead = 0; ahead <= CLOSING_DAYS && own.length > 0; ahead += 1) {
    const starts = own.flatMap((rule) => startsOn(rule, day, zone, calendar)).filter((ms) => ms > from.getTime());
    if (starts.length > 0) return new Date(Math.min(...starts));
    day = dayAfter(day);
  }
  return null;
}

/** When the rule begins to be quiet on a local day. */
function startsOn(
  { isQuietOnHolidays, fromMinute, toMinute }: QuietHours,
  day: string,
  zone: string,
  calendar: BankCalendar,
): number[] {
  if (isQuietOnHolidays && !calendar.isWorkingDay(day)) return [zonedMs(zone, day, 0)];
  return fromMinute === toMinute ? [] : [zonedMs(zone, day, fromMinute)];
}

/** From when, and the moment that is not included any more. */
interface Time {
  from: Date;
  toMs: number;
}

const rulesOf = (rules: readonly QuietHours[], place: QuietPlace): QuietHours[] =>
  rules.filter(({ channel, isServiceExempt }) => channel === place.channel && !(place.isService && isServiceExempt));

function endOfQuiet(
  rules: readonly QuietHours[],
  zone: string,
  { from, toMs }: Time,
  calendar: BankCalendar,
): Date | null {
  let at = from;
  for (let step = 0; step < STEPS_MAX && at.getTime() < toMs; step += 1) {
    const ends = rules.map((rule) => quietUntilMs(rule, zone, at, calendar)).filter((end) => end !== null);
    if (ends.length === 0) return at;
    at = new Date(Math.max(...ends));
  }
  return null;
}

/** When the rule's present quiet ends, at the latest the next local midnight; null when it is not quiet. */
function quietUntilMs(rule: QuietHours, zone: string, at: Date, calendar: BankCalendar): number | null {
  if (rule.isQuietOnHolidays && !calendar.isWorkingDay(localDate(zone, at))) return startOfDayMs(zone, at, -1);
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
