import { getDayDetail, isHoliday, isWorkday } from 'chinese-days';

const DAYS_REMEMBERED_MAX = 1_000;
/** Notices come one year at a time. */
const YEARS_AHEAD_MAX = 5;

/** Which dates are working days of the bank; dates are ISO ones. */
export interface BankCalendar {
  isWorkingDay(date: string): boolean;
  /** Whether the day is one of a holiday, a weekend within it included. A plain weekend is none. */
  isHoliday(date: string): boolean;
  /** Whether the year's holidays were announced when this was built; without them only weekends are known. */
  isAnnounced(year: number): boolean;
}

/**
 * Mainland China: weekdays without public holidays, with the weekend days that are worked instead 调休.
 * Source: the State Council's yearly notices on holidays, as kept by the package chinese-days, which names the days of a holiday
 * `English,中文,length` and any other day by its weekday alone.
 */
export const CHINA: BankCalendar = {
  isWorkingDay: worksInChina,
  isHoliday: (date) => !worksInChina(date) && getDayDetail(date).name.includes(','),
  // The first three days of October are holidays of every announced year, and one of them at least is a weekday.
  isAnnounced: (year) => [1, 2, 3].some((day) => isWeekdayOff(`${year}-10-0${day}`)),
};

/** Monday to Friday: of any bank that lists its holidays itself. */
export const WEEKDAYS: BankCalendar = {
  isWorkingDay: (date) => !isWeekend(date),
  isHoliday: () => false,
  isAnnounced: () => false,
};

/** A calendar with dates of the bank's own, which go before its: those that are closed are holidays, and a year of which there is one counts as announced. */
export function amended(
  calendar: BankCalendar,
  { closedDates, workedDates = [] }: { closedDates: readonly string[]; workedDates?: readonly string[] },
): BankCalendar {
  const [closed, worked] = [new Set(closedDates), new Set(workedDates)];
  const years = new Set(closedDates.map((date) => Number(date.slice(0, 4))));
  return {
    isWorkingDay: (date) => worked.has(date) || (!closed.has(date) && calendar.isWorkingDay(date)),
    isHoliday: (date) => closed.has(date) || (!worked.has(date) && calendar.isHoliday(date)),
    isAnnounced: (year) => years.has(year) || calendar.isAnnounced(year),
  };
}

const remembered = new Map<string, boolean>();

/** Decisions ask for the same few days over and over. */
function worksInChina(date: string): boolean {
  let works = remembered.get(date);
  if (works === undefined) {
    if (remembered.size >= DAYS_REMEMBERED_MAX) remembered.clear();
    works = isWorkday(date);
    remembered.set(date, works);
  }
  return works;
}

/** The last day, from a year on, whose holidays are known; the last of the year before when those of the year itself are not. */
export function knownUntil(year: number, calendar: BankCalendar): string {
  let known = year - 1;
  while (known < year + YEARS_AHEAD_MAX && calendar.isAnnounced(known + 1)) known += 1;
  return `${known}-12-31`;
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
