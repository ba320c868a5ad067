import { CHINA } from '@tidegate/bank-calendar';
import fc from 'fast-check';
import { aQuietRule } from '../testing/decision.factory';
import { promiseTimesOf, type OpenSlot } from './promise-times';
import { isQuiet } from './quiet-hours';

const ZONE = 'Asia/Shanghai';
/** Monday, ten o'clock in Shanghai. */
const NOW = new Date('2026-03-02T02:00:00Z');
const PLACE = { channel: 'remote_bank', isService: false };
const shanghai = (text: string): Date => new Date(`${text}+08:00`);
const slot = (day: string, fromMinute = 0, toMinute = 1_440): OpenSlot => ({
  slot: `${day}@${fromMinute}`,
  day,
  fromMinute,
  toMinute,
});
const night = aQuietRule({ channel: 'remote_bank', fromMinute: 21 * 60, toMinute: 8 * 60 });
const holidays = aQuietRule({ channel: 'remote_bank', isQuietOnHolidays: true });
const timesOf = (slots: OpenSlot[], quietHours = [night, holidays], zone = ZONE) =>
  promiseTimesOf(slots, PLACE, zone, { policy: { quietHours, timeZone: ZONE }, now: NOW, calendar: CHINA });
const laterOf = (slots: OpenSlot[], quietHours = [night, holidays], zone = ZONE): (Date | undefined)[] =>
  slots.map((one) => timesOf(slots, quietHours, zone)?.later.get(one.slot));

it('is for now where nothing begins later', () => {
  expect(timesOf([])).toBeNull();
  expect(timesOf([slot('2026-03-02'), { ...slot(''), slot: '2026-W10' }])).toBeNull();
});

it('is when a slot begins, or when quiet hours end in it', () => {
  expect(
    laterOf([
      slot('2026-03-02', 10 * 60 + 30, 11 * 60),
      slot('2026-03-03'),
      slot('2026-03-04', 7 * 60 + 30, 8 * 60 + 30),
      slot('2026-03-04', 7 * 60, 8 * 60),
      slot('2026-03-07'),
    ]),
  ).toEqual([
    shanghai('2026-03-02T10:30:00'),
    shanghai('2026-03-03T08:00:00'),
    shanghai('2026-03-04T08:00:00'),
    undefined,
    undefined,
  ]);
});

it('keeps apart what may be worked at once, and says when it ends', () => {
  const times = timesOf([slot('2026-03-02'), slot('2026-03-03')]);
  expect(times?.now).toEqual(new Map([['2026-03-02@0', shanghai('2026-03-03T00:00:00').getTime()]]));
  expect(times?.later.size).toBe(1);
});

it('goes by the customer’s own day', () => {
  // Nine in the morning of Shanghai is one at night in London; four in the afternoon is eight in the morning.
  expect(laterOf([slot('2026-03-03', 540, 600), slot('2026-03-03', 960, 1_020)], [night], 'Europe/London')).toEqual([
    undefined,
    shanghai('2026-03-03T16:00:00'),
  ]);
});

it('is the first minute of the slot that is not quiet, as counted minute by minute', () => {
  const minute = fc.integer({ min: 0, max: 1_440 });
  fc.assert(
    fc.property(
      minute,
      minute,
      minute,
      minute,
      fc.integer({ min: 3, max: 9 }),
      fc.boolean(),
      (from, to, one, other, day, off) => {
        const rule = { ...night, fromMinute: from, toMinute: to, isQuietOnHolidays: off };
        const asked = slot(`2026-03-0${day}`, Math.min(one, other), Math.max(one, other));
        const beginning = shanghai(`${asked.day}T00:00:00`).getTime();
        let first: Date | undefined;
        for (let at = asked.fromMinute; at < asked.toMinute && first === undefined; at += 1) {
          const when = new Date(beginning + at * 60_000);
          if (!isQuiet([rule], 'remote_bank', ZONE, when, CHINA)) first = when;
        }
        expect(laterOf([asked], [rule])).toEqual([first]);
      },
    ),
  );
});
