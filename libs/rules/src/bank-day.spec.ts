import * as fc from 'fast-check';
import { addDays, anniversariesOn, bankDayOf, parseDay, utcDayOf, utcOffsetMinutes, yearOf } from './bank-day';

const DAY_MS = 86_400_000;
const days = fc
  .integer({ min: Date.UTC(1900, 0, 1) / DAY_MS, max: Date.UTC(2199, 11, 31) / DAY_MS })
  .map((day) => utcDayOf(new Date(day * DAY_MS)));

describe('days of the bank', () => {
  it.each([
    ['2026-03-02T15:59:59Z', 'Asia/Shanghai', '2026-03-02'],
    ['2026-03-02T16:00:00Z', 'Asia/Shanghai', '2026-03-03'],
    ['2026-03-02T04:59:59Z', 'America/New_York', '2026-03-01'],
    ['2026-07-02T04:00:00Z', 'America/New_York', '2026-07-02'],
  ])('%s in %s is %s', (moment, zone, day) => {
    expect(bankDayOf(new Date(moment), zone)).toBe(day);
  });

  it('knows the offset with and without daylight saving', () => {
    expect(utcOffsetMinutes(new Date('2026-01-01T00:00:00Z'), 'Asia/Shanghai')).toBe(480);
    expect(utcOffsetMinutes(new Date('2026-01-01T00:00:00.999Z'), 'America/New_York')).toBe(-300);
    expect(utcOffsetMinutes(new Date('2026-07-01T00:00:00Z'), 'America/New_York')).toBe(-240);
  });

  it('adds and takes away days as inverses, in order', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -4_000, max: 4_000 }), (day, offset) => {
        expect(addDays(addDays(day, offset), -offset)).toBe(day);
        expect(addDays(day, 1) > day).toBe(true);
        expect(parseDay(day)).toBe(day);
      }),
    );
  });

  it.each(['2026-02-30', '2025-02-29', '26-01-01', '0999-01-01', 'soon', '2026-13-01', '20260101'])(
    'refuses %s',
    (text) => {
      expect(parseDay(text)).toBeNull();
    },
  );

  it('gives everyone exactly one anniversary in each year', () => {
    const monthDays = days.map((day) => day.slice(5));
    fc.assert(
      fc.property(monthDays, fc.integer({ min: 1950, max: 2150 }), (monthDay, year) => {
        let count = 0;
        for (let day = `${year}-01-01`; yearOf(day) === year; day = addDays(day, 1)) {
          if (anniversariesOn(day).includes(monthDay)) count += 1;
        }
        expect(count).toBe(1);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps 29 February on 1 March in a common year', () => {
    expect(anniversariesOn('2027-03-01')).toEqual(['03-01', '02-29']);
    expect(anniversariesOn('2027-02-28')).toEqual(['02-28']);
    expect(anniversariesOn('2028-02-29')).toEqual(['02-29']);
    expect(anniversariesOn('2028-03-01')).toEqual(['03-01']);
  });
});
