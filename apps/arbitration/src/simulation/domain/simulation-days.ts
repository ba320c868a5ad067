import { localDate, startOfDayMs } from '../../domain/local-time';

const HOUR_MS = 3_600_000;
/** Simulated days are decided at ten in the morning of the bank: in hours at which every channel may be open. */
const DECIDED_AT_HOUR = 10;

/** The moment at which the n-th simulated day is decided: from tomorrow on, or from the day the strategy begins. */
export function momentOfDay(zone: string, now: Date, startsAt: Date | null, index: number): Date {
  const tomorrowMs = startOfDayMs(zone, now, -1);
  const begins = startsAt !== null && startsAt.getTime() > tomorrowMs ? startsAt : new Date(tomorrowMs);
  const midnightMs = startOfDayMs(zone, begins, -index);
  // A strategy that begins at noon is in force at ten of the day after only.
  const momentMs = midnightMs + DECIDED_AT_HOUR * HOUR_MS;
  return new Date(index === 0 ? Math.max(momentMs, begins.getTime()) : momentMs);
}

export const dayOf = (zone: string, moment: Date): string => localDate(zone, moment);
