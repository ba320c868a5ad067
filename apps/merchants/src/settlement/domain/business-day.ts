import { addDays, workingDay, type BankCalendar } from '@tidegate/bank-calendar';
import { invalid, refused } from '@tidegate/errors';
import { calendarDateOf, localMidnight } from '../../domain/local-time';

/** Where and when the bank works. */
export interface BankTime {
  /** IANA zone. */
  timeZone: string;
  calendar: BankCalendar;
}

/** A business day 营业日 as a span of time, `to` exclusive: it lasts until the next working day begins. */
export interface BusinessDay {
  /** ISO date of the working day that it begins with. */
  date: string;
  from: Date;
  to: Date;
}

/**
 * The business day of a working day: what happens at a weekend belongs to the Friday and is settled on Monday, T+1. Days of 23
 * or 25 hours come out right.
 * @throws VALIDATION_FAILED when the date does not exist, NOT_A_BUSINESS_DAY (metadata.businessDate) when it is no working day
 */
export function businessDay(date: string, { timeZone, calendar }: BankTime): BusinessDay {
  requireIsoDate(date);
  if (!calendar.isWorkingDay(date)) {
    throw refused('NOT_A_BUSINESS_DAY', 'The bank does not work on this date.', {
      businessDate: workingDay(date, 'before', calendar),
    });
  }
  const next = workingDay(addDays(date, 1), 'from', calendar);
  return { date, from: localMidnight(date, timeZone), to: localMidnight(next, timeZone) };
}

/**
 * The business day that a calendar date belongs to.
 * @throws VALIDATION_FAILED when the date does not exist
 */
export function businessDayAround(date: string, bank: BankTime): BusinessDay {
  requireIsoDate(date);
  return businessDay(bank.calendar.isWorkingDay(date) ? date : workingDay(date, 'before', bank.calendar), bank);
}

/** The dates of the last `count` business days that are over by `graceMs`, oldest first. */
export function finishedDates(now: Date, bank: BankTime, count: number, graceMs: number): string[] {
  const today = calendarDateOf(new Date(now.getTime() - graceMs), bank.timeZone);
  const dates: string[] = [];
  let date = businessDayAround(today, bank).date;
  while (dates.length < count) {
    date = workingDay(date, 'before', bank.calendar);
    dates.unshift(date);
  }
  return dates;
}

/** Whether the holidays were announced of all years that a business day begins or ends in; else only weekends are in it. */
export function isKnown({ date, to }: BusinessDay, { timeZone, calendar }: BankTime): boolean {
  return [date, calendarDateOf(to, timeZone)].every((each) => calendar.isAnnounced(yearOf(each)));
}

/** The years, of now and of a month ahead, whose holidays were not announced: days of theirs may turn out to be closed. */
export function unannouncedYears(now: Date, { timeZone, calendar }: BankTime): number[] {
  const today = calendarDateOf(now, timeZone);
  const years = new Set([today, addDays(today, DAYS_AHEAD)].map(yearOf));
  return [...years].filter((year) => !calendar.isAnnounced(year));
}

const DAYS_AHEAD = 31;
const yearOf = (date: string): number => Number(date.slice(0, 4));

/** Redemptions of the last seconds of a day are in the ledger by then, also by a clock that is behind. */
export const DAY_GRACE_MS = 30 * 60_000;

/** @throws BUSINESS_DAY_OPEN when the day is not over yet */
export function requireOver(day: BusinessDay, now: Date): void {
  if (now < day.to) {
    throw refused('BUSINESS_DAY_OPEN', 'The business day is not over yet.', { endsAt: day.to.toISOString() });
  }
}

/** @throws VALIDATION_FAILED */
export function requireIsoDate(date: string, field = 'businessDate'): void {
  const start = Date.parse(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(start) || addDays(date, 0) !== date) {
    throw invalid([{ field, description: 'an ISO date, e.g. 2026-11-20' }]);
  }
}
