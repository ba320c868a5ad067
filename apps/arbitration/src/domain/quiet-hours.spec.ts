import fc from 'fast-check';
import { isQuiet } from './quiet-hours';
import type { QuietHours } from './contact-policy';
import { localDate, localIsoWeek, minuteOfDay, startOfDayMs } from './local-time';

const ZONE = 'Asia/Shanghai';
const night: QuietHours = { channel: 'sms', fromMinute: 21 * 60, toMinute: 8 * 60, isQuietOnHolidays: false };
const holidays: QuietHours = { channel: 'sms', fromMinute: 0, toMinute: 0, isQuietOnHolidays: true };
const shanghai = (text: string): Date => new Date(`${text}+08:00`);

describe('quiet hours', () => {
  it.each([
    ['2026-03-02T20:59:59', false],
    ['2026-03-02T21:00:00', true],
    ['2026-03-03T00:00:00', true],
    ['2026-03-03T07:59:59', true],
    ['2026-03-03T08:00:00', false],
  ])('wrap over midnight: %s', (text, expected) => {
    expect(isQuiet([night], 'sms', ZONE, shanghai(text))).toBe(expected);
  });

  it('concern their channel alone', () => {
    expect(isQuiet([night], 'app', ZONE, shanghai('2026-03-02T23:00:00'))).toBe(false);
  });

  it.each([
    ['2026-02-17T10:00:00', true, 'Spring Festival'],
    ['2026-02-14T10:00:00', false, 'a Saturday that was made a working day'],
    ['2026-03-07T10:00:00', true, 'a Saturday'],
    ['2026-03-04T10:00:00', false, 'a Wednesday'],
  ])('follow the working days of China: %s', (text, expected) => {
    expect(isQuiet([holidays], 'sms', ZONE, shanghai(text))).toBe(expected);
  });

  it('are the same as counting minute by minute', () => {
    const minute = fc.nat(1439);
    fc.assert(
      fc.property(minute, minute, minute, (from, to, at) => {
        let isInside = false;
        for (let m = from; m !== to; m = (m + 1) % 1440) if (m === at) isInside = true;
        const when = new Date(shanghai('2026-03-02T00:00:00').getTime() + at * 60_000);
        const rule = { ...night, fromMinute: from, toMinute: to };
        expect(isQuiet([rule], 'sms', ZONE, when)).toBe(isInside);
      }),
    );
  });
});

describe('local time', () => {
  it('agrees with the calendar of each zone', () => {
    const zones = ['Asia/Shanghai', 'Europe/Prague', 'America/New_York', 'Asia/Kathmandu', 'UTC'];
    const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moment, fc.nat(40), (zone, at, daysBack) => {
        const text = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
          at,
        );
        const [date = '', time = ''] = text.split(' ');
        const [hour = '', minute = ''] = time.split(':');
        expect(localDate(zone, at)).toBe(date);
        expect(minuteOfDay(zone, at)).toBe(Number(hour) * 60 + Number(minute));
        const start = new Date(startOfDayMs(zone, at, daysBack));
        expect(minuteOfDay(zone, start)).toBe(0);
        const expected = new Date(new Date(`${date}T00:00:00Z`).getTime() - daysBack * 86_400_000);
        expect(localDate(zone, start)).toBe(expected.toISOString().slice(0, 10));
      }),
    );
  });

  it.each([
    ['2026-01-01T00:00:00Z', '2026-W01'],
    ['2027-01-03T00:00:00Z', '2026-W53'],
    ['2026-03-02T00:00:00Z', '2026-W10'],
    ['2024-12-30T00:00:00Z', '2025-W01'],
  ])('knows the ISO week of %s', (text, week) => {
    expect(localIsoWeek('UTC', new Date(text))).toBe(week);
  });
});
