import { localDay } from '../../domain/stock';

export type Period = 'once' | 'day' | 'week' | 'month';
export const PERIODS: readonly Period[] = ['once', 'day', 'week', 'month'];

const DAY_MS = 24 * 3600 * 1000;

/** Local month `YYYY-MM` of a zone. */
export const localMonth = (at: Date, timeZone: string): string => localDay(at, timeZone).slice(0, 7);

/** The calendar day so many days after another, both `YYYY-MM-DD`. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The month so many months after another, both `YYYY-MM`. */
export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const all = year * 12 + number - 1 + months;
  const digits = (value: number, width: number): string => String(value).padStart(width, '0');
  return `${digits(Math.floor(all / 12), 4)}-${digits((all % 12) + 1, 2)}`;
}

/** First day of the period that a moment falls in, `YYYY-MM-DD`; empty for `once`. Weeks begin on Monday. */
export function periodStart(period: Period, at: Date, timeZone: string): string {
  const day = localDay(at, timeZone);
  if (period === 'once') return '';
  if (period === 'day') return day;
  if (period === 'month') return `${day.slice(0, 7)}-01`;
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** The moment a calendar day begins in a zone, to the second. */
export function startOfDay(day: string, timeZone: string): Date {
  const noon = Date.parse(`${day}T12:00:00Z`);
  // Zones differ from UTC by 14 hours at most, and local days are monotonous: search for the turn of the day.
  let [before, after] = [noon - 30 * 3600 * 1000, noon + 6 * 3600 * 1000];
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (localDay(new Date(middle), timeZone) >= day) after = middle;
    else before = middle;
  }
  return new Date(after);
}

const monthStarts = new Map<string, number>();
const MONTHS_HELD_MAX = 1_000;

/** The moment a calendar month (`YYYY-MM`) begins in a zone. */
export function startOfMonth(month: string, timeZone: string): Date {
  const key = `${month}|${timeZone}`;
  let start = monthStarts.get(key);
  if (start === undefined) {
    start = startOfDay(`${month}-01`, timeZone).getTime();
    if (monthStarts.size >= MONTHS_HELD_MAX) monthStarts.clear();
    monthStarts.set(key, start);
  }
  return new Date(start);
}

/** The end of the month so many months after a moment's, in a zone: when lots of points expire. */
export const endOfMonthAfter = (at: Date, months: number, timeZone: string): Date =>
  startOfMonth(addMonths(localMonth(at, timeZone), months + 1), timeZone);
