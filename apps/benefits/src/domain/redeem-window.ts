import { refused } from '@tidegate/errors';
import type { Instance } from './instance';
import { localDay, type Stock } from './stock';

const DAY_MS = 24 * 3600 * 1000;

/** @throws REDEEM_NOT_YET, REDEEM_WINDOW_CLOSED */
export function requireRedeemWindow(stock: Stock, instance: Instance, now: Date): void {
  const { weekdays, from, to, afterDays, blockedDates } = stock.redeemWindow;
  const usableAt = new Date(instance.claimedAt.getTime() + afterDays * DAY_MS);
  if (now < usableAt) {
    throw refused('REDEEM_NOT_YET', 'This benefit cannot be used yet.', { usableAt: usableAt.toISOString() });
  }
  const day = localDay(now, stock.timeZone);
  // The calendar day alone decides the weekday, whatever the zone.
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  const isDay = weekdays.length === 0 || weekdays.includes(weekday);
  if (!isDay || blockedDates.includes(day) || !isHour(localTime(now, stock.timeZone), from, to)) {
    throw refused('REDEEM_WINDOW_CLOSED', 'This benefit cannot be used at this time.');
  }
}

function isHour(time: string, from: string, to: string): boolean {
  const [first, end] = [from || '00:00', to || '24:00'];
  return first <= end ? time >= first && time < end : time >= first || time < end;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function localTime(at: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    formats.set(timeZone, format);
  }
  return format.format(at);
}
