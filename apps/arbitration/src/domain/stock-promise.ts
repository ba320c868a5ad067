/** What pushes promised of a benefit stock's 批次 units for one day. */
export interface DayPromises {
  /** `YYYY-MM-DD`. */
  day: string;
  promisedCount: number;
  /** Of those promised, the units that their customers claimed. */
  claimedCount: number;
}

/** What a decision promised. What comes back later must not enter another day. */
export interface StockTake {
  stockId: string;
  day: string;
}

/**
 * Units of a stock that may be promised, as it was when a push was priced. A unit that is claimed stays promised, so the maxima hold as
 * long as the push runs, whatever of its promises, and of other pushes', is claimed meanwhile.
 */
export interface StockRoom {
  stockId: string;
  /** Of the stock's days. */
  timeZone: string;
  /** The day it was asked on. */
  day: string;
  /** Most units promised for that day and all later ones together. */
  promisedMax: number;
  /** Most of them for that day, and for each later one; null for no limit. */
  dayMax: number | null;
  laterDayMax: number | null;
  /** The last one that claims are taken on; null for no end. */
  lastDay: string | null;
}

/** Units that may still be promised for these days together. */
export function unitsOnDays(room: StockRoom, promised: readonly DayPromises[], days: readonly string[]): number {
  const ofDays = days.reduce((sum, day) => sum + unitsOfDay(room, promised, day), 0);
  return Math.min(unitsAhead(room, promised), ofDays);
}

/** Units that may still be promised for the day it was asked on and all later ones together. */
export function unitsAhead(room: StockRoom, promised: readonly DayPromises[]): number {
  const ahead = promised.filter(({ day }) => day >= room.day);
  return Math.max(0, room.promisedMax - ahead.reduce((sum, { promisedCount }) => sum + promisedCount, 0));
}

/** Units that the day itself still allows, whatever is left in all; Infinity without a limit. */
export function unitsOfDay(room: StockRoom, promised: readonly DayPromises[], day: string): number {
  if (room.lastDay !== null && day > room.lastDay) return 0;
  const max = day > room.day ? room.laterDayMax : room.dayMax;
  if (max === null) return Infinity;
  return Math.max(0, max - (promised.find((one) => one.day === day)?.promisedCount ?? 0));
}
