import type { LocalMoment } from './opening-hours';

/** What the clocks of a zone show at an instant. */
export function localMoment(instant: Date, timeZone: string): LocalMoment {
  const shown = new Date(instant.getTime() + offsetMs(instant.getTime(), timeZone)).toISOString();
  return { date: shown.slice(0, 10), minute: Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14, 16)) };
}

/** The calendar date of an instant in a zone, ISO. */
export const calendarDateOf = (instant: Date, timeZone: string): string => localMoment(instant, timeZone).date;

/** The instant at which a zone's clocks show 00:00 of an ISO date. */
export function localMidnight(date: string, timeZone: string): Date {
  const utcMidnight = Date.parse(`${date}T00:00:00Z`);
  // The offset at the guess may differ from the one at the answer when clocks change that night: one more round settles it.
  const guess = utcMidnight - offsetMs(utcMidnight, timeZone);
  return new Date(utcMidnight - offsetMs(guess, timeZone));
}

function offsetMs(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}
