import { refused } from '@tidegate/errors';
import type { Instance } from './instance';
import { localDay, type RedeemWindow, type Stock } from './stock';

const DAY_MS = 24 * 3600 * 1000;

/**
 * Whether a benefit may be used now. The wait counts from the first claim: a gift starts no new one. A window that goes past
 * midnight belongs to the day it began on, also its morning.
 * @throws REDEEM_NOT_YET (metadata.usableAt), REDEEM_WINDOW_CLOSED
 */
export function requireRedeemWindow(stock: Stock, instance: Instance, now: Date): void {
  const { weekdays, afterDays, blockedDates } = stock.redeemWindow;
  const usableAt = new Date(instance.firstClaimedAt.getTime() + afterDays * DAY_MS);
  if (now < usableAt) {
    throw refused('REDEEM_NOT_YET', 'This benefit cannot be used yet.', { usableAt: usableAt.toISOString() });
  }
  const day = openedOn(stock, now);
  const isDay = day !== undefined && (weekdays.length === 0 || weekdays.includes(weekdayOf(day)));
  if (!isDay || blockedDates.includes(day)) {
    throw refused('REDEEM_WINDOW_CLOSED', 'This benefit cannot be used at this time.');
  }
}

/** First minute and end of a window's hours; of those that end before they begin the end is that of the next morning. */
export const hoursOf = ({ from, to }: Pick<RedeemWindow, 'from' | 'to'>): [first: string, end: string] => [
  from || '00:00',
  to || '24:00',
];

/** The local day on which the hours that a moment is in began; undefined outside of them. */
function openedOn({ redeemWindow, timeZone }: Stock, now: Date): string | undefined {
  const [first, end] = hoursOf(redeemWindow);
  const [day, time] = [localDay(now, timeZone), localTime(now, timeZone)];
  if (first <= end) return time >= first && time < end ? day : undefined;
  if (time >= first) return day;
  return time < end ? dayBefore(day) : undefined;
}

// The calendar day alone decides, whatever the zone.
const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);

const formats = new Map<string, Intl.DateTimeFormat>();
function localTime(at: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    formats.set(timeZone, format);
  }
  return format.format(at);
}
