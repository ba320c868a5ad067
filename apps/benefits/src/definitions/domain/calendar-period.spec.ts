import fc from 'fast-check';
import { localDay } from '../../domain/stock';
import { addDays, addMonths, endOfMonthAfter, periodStart, startOfDay } from './calendar-period';

it('counts days and months over the ends of years and leap days', () => {
  expect([addDays('2028-02-28', 1), addDays('2026-01-01', -1)]).toEqual(['2028-02-29', '2025-12-31']);
  expect([addMonths('2026-11', 3), addMonths('2026-01', -1)]).toEqual(['2027-02', '2025-12']);
  for (let months = -30; months <= 30; months += 1) {
    const expected = new Date(Date.UTC(2026, 10 + months, 1)).toISOString().slice(0, 7);
    expect(addMonths('2026-11', months)).toBe(expected);
  }
});

it('begins weeks on Monday and knows the local day', () => {
  const at = new Date('2026-03-01T17:00:00Z'); // Monday, 2 March, in Shanghai
  expect(periodStart('week', at, 'Asia/Shanghai')).toBe('2026-03-02');
  expect(periodStart('week', at, 'UTC')).toBe('2026-02-23');
  expect(periodStart('month', at, 'Asia/Shanghai')).toBe('2026-03-01');
  expect(periodStart('once', at, 'UTC')).toBe('');
});

it('ends a month in its zone', () => {
  const end = endOfMonthAfter(new Date('2026-03-15T00:00:00Z'), 12, 'Asia/Shanghai');
  expect(end).toEqual(new Date('2027-03-31T16:00:00Z'));
});

it('finds the start of any day in any zone: that second is in the day, the one before is not', () => {
  const zones = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Niue', 'Asia/Kathmandu'];
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom(...zones), (days, zone) => {
      const day = addDays('1990-01-01', days);
      const start = startOfDay(day, zone);
      // A zone that moved over the date line has no such day; the next one begins then.
      expect(localDay(start, zone) >= day).toBe(true);
      expect(localDay(new Date(start.getTime() - 1000), zone) < day).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it('tells the day of any moment, whatever it was asked before', () => {
  const format = (timeZone: string) =>
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const formats = ['UTC', 'Asia/Shanghai', 'Asia/Kathmandu', 'America/St_Johns'].map(
    (zone) => [zone, format(zone)] as const,
  );
  const midnight = Date.UTC(2026, 2, 1);
  // Close together, so that days end between them, and apart.
  const moment = fc.oneof(
    fc.integer({ min: midnight - 90_000, max: midnight + 90_000 }).map((ms) => new Date(ms - 8 * 3600 * 1000)),
    fc.date({ min: new Date('1972-06-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(moment, fc.constantFrom(...formats)), { minLength: 2, maxLength: 20 }), (asked) => {
      for (const [at, [zone, exact]] of asked) expect(localDay(at, zone)).toBe(exact.format(at));
    }),
  );
});
