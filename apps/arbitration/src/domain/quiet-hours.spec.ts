import { CHINA } from '@tidegate/bank-calendar';
import fc from 'fast-check';
import { aQuietRule } from '../testing/decision.factory';
import type { QuietHours } from './contact-policy';
import { closesAt, isQuiet, quietOf } from './quiet-hours';
import { localDate, localIsoWeek, minuteOfDay, startOfDayMs } from './local-time';

const ZONE = 'Asia/Shanghai';
const night = aQuietRule({ channel: 'sms', fromMinute: 21 * 60, toMinute: 8 * 60 });
const holidays = aQuietRule({ channel: 'sms', isQuietOnHolidays: true });
const shanghai = (text: string): Date => new Date(`${text}+08:00`);

describe('quiet hours', () => {
  it.each([
    ['2026-03-02T20:59:59', false],
    ['2026-03-02T21:00:00', true],
    ['2026-03-03T00:00:00', true],
    ['2026-03-03T07:59:59', true],
    ['2026-03-03T08:00:00', false],
  ])('wrap over midnight: %s', (text, expected) => {
    expect(isQuiet([night], 'sms', ZONE, shanghai(text), CHINA)).toBe(expected);
  });

  it('concern their channel alone', () => {
    expect(isQuiet([night], 'app', ZONE, shanghai('2026-03-02T23:00:00'), CHINA)).toBe(false);
  });

  it.each([
    ['2026-02-17T10:00:00', true, 'Spring Festival'],
    ['2026-02-14T10:00:00', false, 'a Saturday that was made a working day'],
    ['2026-03-07T10:00:00', true, 'a Saturday'],
    ['2026-03-04T10:00:00', false, 'a Wednesday'],
  ])('follow the working days of China: %s', (text, expected) => {
    expect(isQuiet([holidays], 'sms', ZONE, shanghai(text), CHINA)).toBe(expected);
  });

  it('are the same as counting minute by minute', () => {
    const minute = fc.nat(1439);
    fc.assert(
      fc.property(minute, minute, minute, (from, to, at) => {
        let isInside = false;
        for (let m = from; m !== to; m = (m + 1) % 1440) if (m === at) isInside = true;
        const when = new Date(shanghai('2026-03-02T00:00:00').getTime() + at * 60_000);
        const rule = { ...night, fromMinute: from, toMinute: to };
        expect(isQuiet([rule], 'sms', ZONE, when, CHINA)).toBe(isInside);
      }),
    );
  });
});

describe('quiet hours that queue', () => {
  const of = (text: string, rules: QuietHours[] = [{ ...night, mode: 'queue' }], isService = false) => {
    const quiet = quietOf(rules, { channel: 'sms', isService }, ZONE, shanghai(text), CHINA);
    return typeof quiet === 'object' ? quiet.until : quiet;
  };

  it.each([
    ['2026-03-02T20:59:59', 'open'],
    ['2026-03-02T21:00:30', shanghai('2026-03-03T08:00:00')],
    ['2026-03-03T00:00:00', shanghai('2026-03-03T08:00:00')],
    ['2026-03-03T07:59:59', shanghai('2026-03-03T08:00:00')],
  ])('open at the end of the night: %s', (text, expected) => {
    expect(of(text)).toEqual(expected);
  });

  it('wait over the whole Spring Festival, and open on a Saturday that was made a working day', () => {
    const rules: QuietHours[] = [{ ...night, isQuietOnHolidays: true, mode: 'queue' }];
    expect(of('2026-02-16T10:00:00', rules)).toEqual(shanghai('2026-02-24T08:00:00'));
    expect(of('2026-02-27T22:00:00', rules)).toEqual(shanghai('2026-02-28T08:00:00'));
  });

  it('are discarded by a rule that discards, and wait for the end of all', () => {
    const lunch = aQuietRule({ channel: 'sms', fromMinute: 8 * 60, toMinute: 9 * 60 });
    const rules: QuietHours[] = [{ ...night, mode: 'queue' }, lunch];
    expect(of('2026-03-03T08:30:00', rules)).toBe('discard');
    expect(of('2026-03-03T07:00:00', rules)).toEqual(shanghai('2026-03-03T09:00:00'));
    const never = aQuietRule({ channel: 'sms', fromMinute: 0, toMinute: 1440 });
    expect(of('2026-03-03T07:00:00', [{ ...never, mode: 'queue' }])).toBe('discard');
    expect(of('2026-03-03T07:00:00', [{ ...never, isServiceExempt: true }], true)).toBe('open');
  });

  it('end at the first minute that is not quiet', () => {
    const minute = fc.nat(1439);
    fc.assert(
      fc.property(minute, minute, minute, (from, to, at) => {
        const rules = [aQuietRule({ channel: 'sms', fromMinute: from, toMinute: to, mode: 'queue' })];
        const now = new Date(shanghai('2026-03-04T00:00:00').getTime() + at * 60_000);
        const quiet = quietOf(rules, { channel: 'sms', isService: false }, ZONE, now, CHINA);
        let end = now;
        while (isQuiet(rules, 'sms', ZONE, end, CHINA)) end = new Date(end.getTime() + 60_000);
        expect(typeof quiet === 'object' ? quiet.until : now).toEqual(end);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a channel that is open', () => {
  const place = { channel: 'sms', isService: false };
  const closes = (text: string, rules: QuietHours[]) => closesAt(rules, place, ZONE, shanghai(text), CHINA);

  it.each([
    ['2026-03-02T20:59:59', '2026-03-02T21:00:00'],
    ['2026-03-02T08:00:00', '2026-03-02T21:00:00'],
  ])('closes in the evening: %s', (text, expected) => {
    expect(closes(text, [night])).toEqual(shanghai(expected));
  });

  it('closes when the first day off begins, on the customer’s own day, or never', () => {
    expect(closes('2026-03-04T10:00:00', [holidays])).toEqual(shanghai('2026-03-07T00:00:00'));
    expect(closes('2026-03-04T10:00:00', [holidays, night])).toEqual(shanghai('2026-03-04T21:00:00'));
    expect(closesAt([night], place, 'Europe/London', new Date('2026-03-04T12:00:00Z'), CHINA)).toEqual(
      new Date('2026-03-04T21:00:00Z'),
    );
    expect(closes('2026-03-04T10:00:00', [])).toBeNull();
    expect(closes('2026-03-04T10:00:00', [{ ...night, fromMinute: 60, toMinute: 60 }])).toBeNull();
    expect(
      closesAt([{ ...night, isServiceExempt: true }], { ...place, isService: true }, ZONE, new Date(), CHINA),
    ).toBeNull();
  });

  it('closes at the first minute that is quiet', () => {
    const minute = fc.nat(1439);
    const hours = fc.record({ fromMinute: minute, toMinute: minute });
    fc.assert(
      fc.property(fc.array(hours, { minLength: 1, maxLength: 2 }), minute, (windows, at) => {
        const rules = windows.map((window) => aQuietRule({ channel: 'sms', ...window }));
        const from = new Date(shanghai('2026-03-04T00:00:00').getTime() + at * 60_000);
        fc.pre(!isQuiet(rules, 'sms', ZONE, from, CHINA));
        let next = from;
        const end = from.getTime() + 1440 * 60_000;
        while (next.getTime() <= end && !isQuiet(rules, 'sms', ZONE, next, CHINA))
          next = new Date(next.getTime() + 60_000);
        expect(closesAt(rules, place, ZONE, from, CHINA)).toEqual(next.getTime() > end ? null : next);
      }),
      { numRuns: 30 },
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
