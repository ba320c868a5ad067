import { isWorkday } from 'chinese-days';

const DAYS_KNOWN_MAX = 1_000;

const workdays = new Map<string, boolean>();

/**
 * Whether the day is a working day in China.
 * Source: the State Council's yearly notices, through `chinese-days`; weekends that were made working days count as working. A year that no
 * notice was published for knows weekends alone.
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
