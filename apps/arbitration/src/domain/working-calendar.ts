import { getDayDetail, isHoliday, isWorkday } from 'chinese-days';

const DAYS_KNOWN_MAX = 1_000;
/** Notices come one year at a time. */
const YEARS_AHEAD_MAX = 5;

const workdays = new Map<string, boolean>();

/**
 * Whether the day is a working day in China.
 * Source: the State Council's yearly notices, through `chinese-days`; weekends that were made working days count as working. A year whose
 * notice it does not know has weekends alone.
 */
export function isWorkingDay(date: string): boolean {
  let known = workdays.get(date);
  if (known === undefined) {
    if (workdays.size >= DAYS_KNOWN_MAX) workdays.clear();
    known = isWorkday(date);
    workdays.set(date, known);
  }
  return known;
}

/**
 * Whether the day is one of a public holiday, a weekend within it included. A plain weekend is none.
 * Source: as of `isWorkingDay`; `chinese-days` names the days of a holiday `English,中文,length`, any other day by its weekday alone.
 */
export const isPublicHoliday = (date: string): boolean => !isWorkingDay(date) && getDayDetail(date).name.includes(',');

/** The last day, from a year on, whose holidays are known; the last of the year before when those of the year itself are not. */
export function calendarKnownUntil(year: number): string {
  let known = year - 1;
  while (known < year + YEARS_AHEAD_MAX && isAnnounced(known + 1)) known += 1;
  return `${known}-12-31`;
}

/** The first three days of October are holidays of every announced year, and one of them at least is a weekday. */
const isAnnounced = (year: number): boolean => [1, 2, 3].some((day) => isWeekdayOff(`${year}-10-0${day}`));

const isWeekdayOff = (date: string): boolean => isHoliday(date) && ![0, 6].includes(new Date(date).getUTCDay());
