import { isHoliday, isWorkday } from 'chinese-days';

/** Which dates are working days of the bank. */
export interface BankCalendar {
  /** @param date ISO date */
  isWorkingDay(date: string): boolean;
  /** Whether the year's holidays were announced when this was built; without them only weekends are known. */
  isAnnounced(year: number): boolean;
}

/**
 * Mainland China: weekdays without public holidays, with the weekend days that are worked instead 调休.
 * Source: the State Council's yearly notices on holidays, as kept by the package chinese-days.
 */
export const CHINA: BankCalendar = {
  isWorkingDay: (date) => isWorkday(date),
  // The first three days of October are holidays of every announced year, and one of them at least is a weekday.
  isAnnounced: (year) => [1, 2, 3].some((day) => isWeekdayOff(`${year}-10-0${day}`)),
};

/** Monday to Friday: of any bank that lists its holidays itself. */
export const WEEKDAYS: BankCalendar = {
  isWorkingDay: (date) => !isWeekend(date),
  isAnnounced: () => false,
};

/** A calendar with dates of the bank's own, which go before its: a year of which there is one that is closed counts as announced. */
export function amended(
  calendar: BankCalendar,
  { closedDates, workedDates = [] }: { closedDates: readonly string[]; workedDates?: readonly string[] },
): BankCalendar {
  const [closed, worked] = [new Set(closedDates), new Set(workedDates)];
  const years = new Set(closedDates.map((date) => Number(date.slice(0, 4))));
  return {
    isWorkingDay: (date) => worked.has(date) || (!closed.has(date) && calendar.isWorkingDay(date)),
    isAnnounced: (year) => years.has(year) || calendar.isAnnounced(year),
  };
}

const DAY_MS = 86_400_000;
const isWeekend = (date: string): boolean => [0, 6].includes(new Date(date).getUTCDay());
const isWeekdayOff = (date: string): boolean => isHoliday(date) && !isWeekend(date);

/** More than any holiday lasts: Spring Festival and National Day are nine days with their weekends. */
const SEARCH_DAYS_MAX = 31;

/** The working day before a date, or the next one from it (itself, when it is one). */
export function workingDay(date: string, direction: 'before' | 'from', calendar: BankCalendar): string {
  const step = direction === 'before' ? -1 : 1;
  for (let distance = direction === 'before' ? 1 : 0; distance <= SEARCH_DAYS_MAX; distance += 1) {
    const candidate = addDays(date, step * distance);
    if (calendar.isWorkingDay(candidate)) return candidate;
  }
  throw new Error(`the calendar has no working day near ${date}`);
}

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
