import { invalid } from '@tidegate/errors';

export const DAY_MINUTES = 1440;
const WEEK_MINUTES = 7 * DAY_MINUTES;

/** One span of opening on one day of the week, in the bank's time zone. */
export interface OpeningHours {
  /** ISO: 1 Monday to 7 Sunday. */
  weekday: number;
  /** Minutes after midnight. */
  opensMinute: number;
  /** After opensMinute by at most a day; above 1440 it is on the next day. */
  closesMinute: number;
}

/** A moment as the clocks of a zone show it. */
export interface LocalMoment {
  /** ISO date. */
  date: string;
  /** Minutes after midnight. */
  minute: number;
}

/**
 * Whether something with these hours is open at a moment; without hours it always is. Hours that pass midnight belong to
 * the day they begin on, so a closed date takes the night after it with it.
 */
export function isWithinHours(
  { openingHours, closedDates }: { openingHours: readonly OpeningHours[]; closedDates: readonly string[] },
  { date, minute }: LocalMoment,
): boolean {
  const isOpenOn = (day: string, atMinute: number): boolean => {
    if (closedDates.includes(day)) return false;
    if (openingHours.length === 0) return true;
    const weekday = isoWeekday(day);
    return openingHours.some(
      (hours) => hours.weekday === weekday && hours.opensMinute <= atMinute && atMinute < hours.closesMinute,
    );
  };
  if (isOpenOn(date, minute)) return true;
  return openingHours.length > 0 && isOpenOn(addDays(date, -1), minute + DAY_MINUTES);
}

/** @throws VALIDATION_FAILED when a span ends before it begins, is longer than a day, or two overlap */
export function requireHours(openingHours: readonly OpeningHours[]): void {
  const spans = openingHours
    .map(({ weekday, opensMinute, closesMinute }) => {
      if (closesMinute <= opensMinute || closesMinute > opensMinute + DAY_MINUTES) {
        throw invalidHours('closesMinute must be after opensMinute, by a day at most');
      }
      const start = (weekday - 1) * DAY_MINUTES + opensMinute;
      return { start, end: start + closesMinute - opensMinute };
    })
    .sort((left, right) => left.start - right.start);
  const overlaps = spans.some((span, index) => {
    const next = spans[index + 1] ?? { start: (spans[0]?.start ?? 0) + WEEK_MINUTES };
    return span.end > next.start;
  });
  if (overlaps) throw invalidHours('opening hours must not overlap');
}

/** ISO date of a number of days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

const isoWeekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

const invalidHours = (description: string) => invalid([{ field: 'store.openingHours', description }]);
