import fc from 'fast-check';
import { aStock } from '../testing/stock.factory';
import { issueInstance, passedOn } from './instance';
import { requireRedeemWindow } from './redeem-window';
import { ALWAYS, type RedeemWindow } from './stock';

// Goal: a benefit is usable on its days and hours in the stock's zone, and never outside.

const NIGHT = { from: '22:00', to: '03:00' };
const claimedAt = new Date('2026-03-01T00:00:00Z');
const reasonAt = (now: string | Date, redeemWindow: Partial<RedeemWindow>, timeZone = 'Asia/Shanghai'): string => {
  const window = { ...ALWAYS, ...redeemWindow };
  const stock = aStock({ redeemWindow: window, timeZone });
  const instance = issueInstance(stock, { instanceId: 'i', customerId: 'c', requestId: 'r', now: claimedAt });
  try {
    requireRedeemWindow(stock, instance, new Date(now));
    return 'usable';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

it.each([
  // 2026-03-02 is a Monday; 23:30 UTC of Sunday is 07:30 of Monday in Shanghai.
  ['2026-03-01T23:30:00Z', { weekdays: [1] }, 'usable'],
  ['2026-03-01T15:30:00Z', { weekdays: [1] }, 'REDEEM_WINDOW_CLOSED'],
  ['2026-03-01T15:30:00Z', { weekdays: [7] }, 'usable'],
  ['2026-03-02T01:00:00Z', { from: '09:00', to: '21:00' }, 'usable'],
  ['2026-03-02T00:59:59Z', { from: '09:00', to: '21:00' }, 'REDEEM_WINDOW_CLOSED'],
  ['2026-03-02T13:00:00Z', { from: '09:00', to: '21:00' }, 'REDEEM_WINDOW_CLOSED'],
  ['2026-03-02T18:00:00Z', { from: '22:00', to: '03:00' }, 'usable'],
  ['2026-03-02T19:00:00Z', { from: '22:00', to: '03:00' }, 'REDEEM_WINDOW_CLOSED'],
  // A night belongs to the day it began on: Friday the 6th in Shanghai goes on until Saturday 03:00, which is 19:00 of Friday in UTC.
  ['2026-03-06T17:00:00Z', { ...NIGHT, weekdays: [5] }, 'usable'],
  ['2026-03-05T17:00:00Z', { ...NIGHT, weekdays: [5] }, 'REDEEM_WINDOW_CLOSED'],
  ['2026-03-07T14:30:00Z', { ...NIGHT, weekdays: [5] }, 'REDEEM_WINDOW_CLOSED'],
  ['2026-03-01T17:00:00Z', { ...NIGHT, weekdays: [7] }, 'usable'],
  ['2026-03-06T17:00:00Z', { ...NIGHT, blockedDates: ['2026-03-06'] }, 'REDEEM_WINDOW_CLOSED'],
  ['2026-03-06T17:00:00Z', { ...NIGHT, blockedDates: ['2026-03-07'] }, 'usable'],
  ['2026-03-02T23:59:59Z', { afterDays: 2 }, 'REDEEM_NOT_YET'],
  ['2026-03-03T00:00:00Z', { afterDays: 2 }, 'usable'],
  ['2026-03-02T20:00:00Z', { blockedDates: ['2026-03-03'] }, 'REDEEM_WINDOW_CLOSED'],
  ['2026-03-02T20:00:00Z', { blockedDates: ['2026-03-02'] }, 'usable'],
])('at %s with %j it is %s', (now, window, expected) => expect(reasonAt(now, window)).toBe(expected));

it('splits the day between a window and its complement', () => {
  const minute = fc
    .integer({ min: 0, max: 1_439 })
    .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
  const moment = fc.integer({ min: 0, max: 6 * 24 * 60 - 1 }).map((m) => new Date(claimedAt.getTime() + m * 60_000));
  fc.assert(
    fc.property(minute, minute, moment, (from, to, now) => {
      fc.pre(from !== to);
      const answers = [reasonAt(now, { from, to }), reasonAt(now, { from: to, to: from })].sort();
      expect(answers).toEqual(['REDEEM_WINDOW_CLOSED', 'usable']);
    }),
  );
});

it('shuts a night as a whole, from its evening to its morning, whatever the zone', () => {
  const zone = fc.constantFrom('Asia/Shanghai', 'UTC', 'America/New_York', 'Asia/Kathmandu');
  const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
  fc.assert(
    fc.property(weekdays, zone, fc.integer({ min: 24 * 60, max: 6 * 24 * 60 }), (days, timeZone, minute) => {
      const now = new Date(claimedAt.getTime() + minute * 60_000);
      // The same night, told as a window within one day: its beginning moved to midnight.
      const shifted = new Date(now.getTime() - 22 * 3_600_000);
      const asNight = reasonAt(now, { ...NIGHT, weekdays: days }, timeZone);
      const withinDay = reasonAt(shifted, { from: '', to: '05:00', weekdays: days }, timeZone);
      expect(asNight).toBe(withinDay);
    }),
  );
});

it('counts the wait from the first claim, however often it was passed on since', () => {
  const stock = aStock({ redeemWindow: { ...ALWAYS, afterDays: 2 } });
  const first = issueInstance(stock, { instanceId: 'i', customerId: 'c', requestId: 'r', now: claimedAt });
  const laterBy = (hours: number): Date => new Date(claimedAt.getTime() + hours * 3_600_000);
  const given = passedOn(first, { instanceId: 'j', customerId: 'd', requestId: 's', now: laterBy(24) });
  const again = passedOn(given, { instanceId: 'k', customerId: 'e', requestId: 't', now: laterBy(47) });
  expect(again.claimedAt).toEqual(laterBy(47));
  expect(() => requireRedeemWindow(stock, again, laterBy(48))).not.toThrow();
  expect(() => requireRedeemWindow(stock, again, laterBy(47))).toThrow(
    expect.objectContaining({ reason: 'REDEEM_NOT_YET', metadata: { usableAt: laterBy(48).toISOString() } }),
  );
});
