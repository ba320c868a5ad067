/** A calendar day of the bank, `YYYY-MM-DD`. Compares as text. */
export type BankDay = string;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'gregory',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}

/** Minutes that the zone's clocks are ahead of UTC at a moment. */
export function utcOffsetMinutes(moment: Date, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(moment)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((local - Math.floor(moment.getTime() / 1000) * 1000) / MINUTE_MS);
}

/** The day it is in the zone at a moment. */
export const bankDayOf = (moment: Date, timeZone: string): BankDay =>
  utcDayOf(new Date(moment.getTime() + utcOffsetMinutes(moment, timeZone) * MINUTE_MS));

export const utcDayOf = (moment: Date): BankDay => moment.toISOString().slice(0, 10);

/** The day when the text begins with one that exists, from the year 1000 on; otherwise null. */
export function parseDay(text: string): BankDay | null {
  const match = DAY.exec(text.slice(0, 10));
  if (match === null || text < '1000') return null;
  const moment = new Date(`${match[0]}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) || utcDayOf(moment) !== match[0] ? null : match[0];
}

/** `days` later, or earlier when negative. */
export const addDays = (day: BankDay, days: number): BankDay =>
  utcDayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS));

export const yearOf = (day: BankDay): number => Number(day.slice(0, 4));
/** `MM-DD`. */
export const monthDayOf = (day: BankDay): string => day.slice(5);

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/**
 * The month and days whose anniversary falls on this day: its own, and on 1 March of a common year also 29 February, which such
 * a year does not have (the platform's rule fields count birthdays the same way).
 */
export function anniversariesOn(day: BankDay): string[] {
  const own = monthDayOf(day);
  return own === '03-01' && !isLeapYear(yearOf(day)) ? [own, '02-29'] : [own];
}
