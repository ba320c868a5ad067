import fc from 'fast-check';
import { aStock } from '../testing/stock.factory';
import { issueInstance } from './instance';
import { requireRedeemWindow } from './redeem-window';
import type { RedeemWindow } from './stock';

// Goal: a benefit is usable on its days and hours in the stock's zone, and never outside.

const claimedAt = new Date('2026-03-01T00:00:00Z');
const reasonAt = (now: string | Date, redeemWindow: Partial<RedeemWindow>, timeZone = 'Asia/Shanghai'): string => {
  const window = { weekdays: [], from: '', to: '', afterDays: 0, blockedDates: [], ...redeemWindow };
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
