const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Zones change their offset at whole quarters of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;
const CACHE_MAX = 10_000;

const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** Whether the name is an IANA zone that this process knows. */
export function isTimeZone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

/** Local time minus UTC at a moment, in milliseconds. */
export function zoneOffsetMs(zone: string, atMs: number): number {
  const quarter = Math.floor(atMs / QUARTER_MS);
  const key = `${zone}|${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const offset = readOffset(zone, quarter * QUARTER_MS);
  if (offsets.size >= CACHE_MAX) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

function readOffset(zone: string, atMs: number): number {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    formatters.set(zone, formatter);
  }
  const name = formatter.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d{2}):?(\d{2})?)?/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}

/** Minutes since local midnight, 0 to 1439. */
export const minuteOfDay = (zone: string, at: Date): number => {
  const localMs = at.getTime() + zoneOffsetMs(zone, at.getTime());
  return Math.floor((((localMs % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
};

/** The local calendar day, `YYYY-MM-DD`. */
export const localDate = (zone: string, at: Date): string =>
  new Date(at.getTime() + zoneOffsetMs(zone, at.getTime())).toISOString().slice(0, 10);

/** `2026-03-03` of `2026-03-02`. */
export const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The moment at which the local day that lies `daysBack` days before today began. */
export function startOfDayMs(zone: string, at: Date, daysBack: number): number {
  const localMs = at.getTime() + zoneOffsetMs(zone, at.getTime());
  const localMidnightMs = (Math.floor(localMs / DAY_MS) - daysBack) * DAY_MS;
  const guessMs = localMidnightMs - zoneOffsetMs(zone, localMidnightMs);
  // Once more with the offset in force there: it may differ from the one at the first guess.
  return localMidnightMs - zoneOffsetMs(zone, guessMs);
}

/** The moment of a minute of a local day. */
export function zonedMs(zone: string, day: string, minute: number): number {
  const localMs = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS;
  const guessMs = localMs - zoneOffsetMs(zone, localMs);
  return localMs - zoneOffsetMs(zone, guessMs);
}

const localDay = (zone: string, at: Date): Date => new Date(`${localDate(zone, at)}T00:00:00Z`);

/** Of the local day: 1 for Monday to 7 for Sunday. */
export const weekday = (zone: string, at: Date): number => localDay(zone, at).getUTCDay() || 7;

/** Of the local day, from 1. */
export const dayOfMonth = (zone: string, at: Date): number => localDay(zone, at).getUTCDate();

/** How many days the local month has. */
export function daysInMonth(zone: string, at: Date): number {
  const day = localDay(zone, at);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
}

/** The ISO 8601 week of the local day, e.g. `2026-W02`. */
export function localIsoWeek(zone: string, at: Date): string {
  const day = localDay(zone, at);
  // The week belongs to the year of its Thursday.
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const week = Math.ceil(((day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / DAY_MS + 1) / 7);
  return `${day.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}
