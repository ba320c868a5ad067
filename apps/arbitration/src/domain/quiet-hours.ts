import { isWorkday } from 'chinese-days';
import type { QuietHours } from './contact-policy';
import { localDate, minuteOfDay } from './local-time';

/**
 * Whether nothing may go out on the channel now, by the minutes of the local day or because the day is no working day.
 * Source of the calendar: the State Council's yearly notices, through `chinese-days`; weekends that were made working days count as working.
 */
export const isQuiet = (rules: readonly QuietHours[], channel: string, zone: string, now: Date): boolean =>
  rules.some(
    (rule) =>
      rule.channel === channel &&
      (isWithin(rule.fromMinute, rule.toMinute, minuteOfDay(zone, now)) ||
        (rule.isQuietOnHolidays && !isWorkday(localDate(zone, now)))),
  );

/** From is included, to is not; from after to wraps over midnight, and equal ends are no hours at all. */
const isWithin = (from: number, to: number, minute: number): boolean =>
  from <= to ? minute >= from && minute < to : minute >= from || minute < to;
