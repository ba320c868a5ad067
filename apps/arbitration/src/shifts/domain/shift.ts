import type { BankCalendar } from '@tidegate/bank-calendar';
import { dayAfter } from '../../domain/local-time';

/** Minutes of the bank's day; `toMinute` is not included. Hours of a shift that end before they begin end on the next day. */
export interface MinuteSpan {
  fromMinute: number;
  toMinute: number;
}

/** A day that is otherwise than the pattern says; without hours it is off. */
export interface ShiftException {
  day: string;
  hours: MinuteSpan | null;
}

/** Somebody's work on a queue 班次: a weekly pattern and its exceptions. */
export interface Shift {
  shiftId: string;
  queue: string;
  personId: string;
  /** Empty for none. */
  teamId: string;
  /** 1 Monday .. 7 Sunday. */
  weekdays: readonly number[];
  hours: MinuteSpan;
  breaks: readonly MinuteSpan[];
  /** One of the two is not 0. */
  unitsPerHour: number;
  minutesPerContact: number;
  followsCalendar: boolean;
  firstDay: string;
  /** Empty for no end. */
  lastDay: string;
  exceptions: readonly ShiftException[];
}

/** How a queue's shifts become slots. */
export interface ShiftPlan {
  queue: string;
  orgPath: string;
  slotMinutes: number;
  daysAhead: number;
}

export const SLOT_MINUTES: readonly number[] = [15, 30, 60, 120, 240, 480, 1440];
export const SHIFTS_MAX = 500;

const FRIDAY = 5;

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/**
 * The hours of a shift on a day; null when it is off. With the calendar a holiday is off, a weekend within it too, and a weekend that was made a working day
 * (调休) is worked by whoever works on any of Monday to Friday.
 */
export function hoursOn(shift: Shift, day: string, calendar: BankCalendar): MinuteSpan | null {
  if (day < shift.firstDay || (shift.lastDay !== '' && day > shift.lastDay)) return null;
  const exception = shift.exceptions.find((one) => one.day === day);
  if (exception !== undefined) return exception.hours;
  const weekday = weekdayOf(day);
  const isListed = shift.weekdays.includes(weekday);
  if (!shift.followsCalendar) return isListed ? shift.hours : null;
  if (calendar.isHoliday(day)) return null;
  const isAdjusted =
    weekday > FRIDAY && calendar.isWorkingDay(day) && shift.weekdays.some((listed) => listed <= FRIDAY);
  return isListed || isAdjusted ? shift.hours : null;
}

export const DAY_MINUTES = 1440;

/** Whether hours end on the day after they began. */
export const isOvernight = ({ fromMinute, toMinute }: MinuteSpan): boolean => toMinute < fromMinute;

/** With minutes that go on after midnight where it ends on the next day. */
export const throughMidnight = (span: MinuteSpan): MinuteSpan =>
  isOvernight(span) ? { ...span, toMinute: span.toMinute + DAY_MINUTES } : span;

/** A stretch of work that a day has a part of. `atMidnight` is the minute of the stretch at which that day begins. */
export interface Stretch {
  hours: MinuteSpan;
  atMidnight: number;
}

/** What a shift works on a day: what is left of a night that began the day before, and what begins on the day itself. */
export function stretchesOn(shift: Shift, day: string, calendar: BankCalendar): Stretch[] {
  const before = hoursOn(shift, dayAfter(day, -1), calendar);
  const own = hoursOn(shift, day, calendar);
  return [
    ...(before !== null && isOvernight(before) ? [{ hours: throughMidnight(before), atMidnight: DAY_MINUTES }] : []),
    ...(own === null ? [] : [{ hours: throughMidnight(own), atMidnight: 0 }]),
  ];
}

/** Units that a shift of these hours gives between two minutes; the parts of a day sum up to the whole day, rounded down once. */
export function unitsBetween(shift: Shift, hours: MinuteSpan, fromMinute: number, toMinute: number): number {
  const units = (minute: number): number => unitsOf(shift, workedUntil(shift, hours, minute));
  return units(toMinute) - units(fromMinute);
}

const unitsOf = ({ unitsPerHour, minutesPerContact }: Shift, minutes: number): number =>
  Math.floor(minutesPerContact > 0 ? minutes / minutesPerContact : (minutes * unitsPerHour) / 60);

const daysLater = ({ fromMinute, toMinute }: MinuteSpan, days: number): MinuteSpan => ({
  fromMinute: fromMinute + days * DAY_MINUTES,
  toMinute: toMinute + days * DAY_MINUTES,
});

/** Minutes worked from the beginning of the hours to a minute, without breaks. Breaks do not overlap. */
function workedUntil({ breaks }: Shift, hours: MinuteSpan, minute: number): number {
  const overlap = ({ fromMinute, toMinute }: MinuteSpan): number =>
    Math.max(0, Math.min(toMinute, hours.toMinute, minute) - Math.max(fromMinute, hours.fromMinute));
  // A break is one by the clock: also after midnight, and where it began the evening before.
  const clocked = breaks.map(throughMidnight).flatMap((pause) => [-1, 0, 1].map((days) => daysLater(pause, days)));
  return overlap(hours) - clocked.reduce((sum, pause) => sum + overlap(pause), 0);
}
