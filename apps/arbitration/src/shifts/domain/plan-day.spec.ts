import { CHINA } from '@tidegate/bank-calendar';
import fc from 'fast-check';
import { capacityId, poolOf, type Capacity } from '../../domain/capacity';
import { overbookedOf, planDay } from './plan-day';
import { hoursOn, SLOT_MINUTES, unitsBetween, type Shift } from './shift';

const MONDAY = '2026-03-02';
const plan = { queue: 'rm', orgPath: 'hq', slotMinutes: 60, daysAhead: 7 };

const aShift = (overrides: Partial<Shift> = {}): Shift => ({
  shiftId: 's-1',
  queue: 'rm',
  personId: 'ann',
  teamId: 'east',
  weekdays: [1, 2, 3, 4, 5],
  hours: { fromMinute: 540, toMinute: 1020 },
  breaks: [{ fromMinute: 720, toMinute: 780 }],
  unitsPerHour: 2,
  minutesPerContact: 0,
  followsCalendar: true,
  firstDay: '2026-01-01',
  lastDay: '',
  exceptions: [],
  ...overrides,
});

const held = (capacities: readonly Capacity[]) =>
  new Map(capacities.map((capacity) => [capacityId(capacity.queue, capacity.slot), capacity]));
const planned = (shifts: Shift[], before: readonly Capacity[] = [], day = MONDAY) =>
  new Map((planDay(plan, shifts, day, held(before), CHINA) ?? []).map((capacity) => [capacity.queue, capacity]));

it('cuts a shift into slots without its break, for queue, team and person', () => {
  const pools = planned([aShift(), aShift({ shiftId: 's-2', personId: 'ben' })]);
  expect([...pools].map(([pool, { units }]) => [pool, units])).toEqual([
    ['rm', 28],
    ['rm@team:east', 28],
    ['rm@person:ann', 14],
    ['rm@person:ben', 14],
  ]);
  expect(pools.get('rm@person:ann')?.parts?.map(({ fromMinute, units }) => [fromMinute / 60, units])).toEqual([
    [9, 2],
    [10, 2],
    [11, 2],
    [12, 0],
    [13, 2],
    [14, 2],
    [15, 2],
    [16, 2],
  ]);
});

it.each([
  ['a Monday', '2026-03-02', true],
  ['a Sunday', '2026-03-01', false],
  ['a public holiday', '2026-10-01', false],
  ['a weekend day that was made a working day', '2026-02-14', true],
  ['a day before the first', '2025-12-31', false],
])('works by the calendar of China on %s', (_name, day, isOn) => {
  expect(hoursOn(aShift(), day, CHINA) !== null).toBe(isOn);
});

it('follows weekdays alone without the calendar, and exceptions above all', () => {
  expect(hoursOn(aShift({ followsCalendar: false }), '2026-10-01', CHINA)).not.toBeNull();
  expect(hoursOn(aShift({ followsCalendar: false }), '2026-02-14', CHINA)).toBeNull();
  const hours = { fromMinute: 600, toMinute: 660 };
  const exceptions = [
    { day: MONDAY, hours: null },
    { day: '2026-03-08', hours },
  ];
  expect(hoursOn(aShift({ exceptions }), MONDAY, CHINA)).toBeNull();
  expect(hoursOn(aShift({ exceptions }), '2026-03-08', CHINA)).toEqual(hours);
  expect(hoursOn(aShift({ lastDay: '2026-02-27' }), MONDAY, CHINA)).toBeNull();
});

it.each([
  ['a Saturday', '2026-03-07', true],
  ['the Saturday of a public holiday', '2026-10-03', false],
  ['the Sunday of a public holiday', '2026-10-04', false],
  ['a weekend day that was made a working day', '2026-10-10', true],
])('is off on public holidays that fall on a weekend too, for who works on weekends: %s', (_name, day, isOn) => {
  const everyDay = { weekdays: [1, 2, 3, 4, 5, 6, 7] };
  expect(hoursOn(aShift(everyDay), day, CHINA) !== null).toBe(isOn);
  expect(hoursOn(aShift({ ...everyDay, followsCalendar: false }), day, CHINA)).not.toBeNull();
});

it('gives the units of the whole day whatever the slots, rounded down once', () => {
  fc.assert(
    fc.property(
      fc.record({
        from: fc.integer({ min: 0, max: 700 }),
        length: fc.integer({ min: 1, max: 739 }),
        pause: fc.tuple(fc.integer({ min: 0, max: 1400 }), fc.integer({ min: 1, max: 39 })),
        rate: fc.integer({ min: 1, max: 60 }),
        isHourly: fc.boolean(),
        slotMinutes: fc.constantFrom(...SLOT_MINUTES),
      }),
      ({ from, length, pause: [at, long], rate, isHourly, slotMinutes }) => {
        const hours = { fromMinute: from, toMinute: from + length };
        const shift = aShift({
          hours,
          breaks: [{ fromMinute: at, toMinute: at + long }],
          unitsPerHour: isHourly ? rate : 0,
          minutesPerContact: isHourly ? 0 : rate,
        });
        const whole = unitsBetween(shift, hours, 0, 1440);
        const [own] = planDay({ ...plan, slotMinutes }, [shift], MONDAY, new Map(), CHINA) ?? [];
        expect(own?.units).toBe(whole);
        expect(own?.parts?.every(({ units }) => Number.isSafeInteger(units) && units >= 0)).toBe(true);
      },
    ),
  );
});

describe('a shift that ends on the next day', () => {
  /** Monday alone, from ten at night to six, half an hour off around midnight. */
  const night = aShift({
    weekdays: [1],
    hours: { fromMinute: 1320, toMinute: 360 },
    breaks: [{ fromMinute: 1425, toMinute: 15 }],
    firstDay: MONDAY,
    lastDay: MONDAY,
  });
  const TUESDAY = '2026-03-03';
  const partsOn = (shift: Shift, day: string) =>
    planned([shift], [], day)
      .get('rm@person:ann')
      ?.parts?.map(({ fromMinute, units }) => [fromMinute / 60, units]);

  it('gives each day its own hours, also the day after its last', () => {
    expect(partsOn(night, MONDAY)).toEqual([
      [22, 2],
      [23, 1],
    ]);
    expect(partsOn(night, TUESDAY)).toEqual([
      [0, 2],
      [1, 2],
      [2, 2],
      [3, 2],
      [4, 2],
      [5, 2],
    ]);
    for (const day of ['2026-03-01', '2026-03-04']) expect(partsOn(night, day)).toBeUndefined();
  });

  it('goes with the day on which it begins: an exception takes the whole of it away', () => {
    const off = { ...night, exceptions: [{ day: MONDAY, hours: null }] };
    expect([partsOn(off, MONDAY), partsOn(off, TUESDAY)]).toEqual([undefined, undefined]);
    const offAfter = { ...night, exceptions: [{ day: TUESDAY, hours: null }] };
    expect(partsOn(offAfter, TUESDAY)).toEqual(partsOn(night, TUESDAY));
  });

  it('is the units of its hours over both days, rounded down once, and counts no minute twice', () => {
    const minute = fc.integer({ min: 1, max: 1439 });
    fc.assert(
      fc.property(
        fc.tuple(minute, minute).filter(([from, to]) => to < from),
        fc.tuple(minute, fc.integer({ min: 1, max: 60 })),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(...SLOT_MINUTES),
        ([fromMinute, toMinute], [at, long], minutesPerContact, slotMinutes) => {
          const pause = { fromMinute: at, toMinute: (at + long) % 1440 || 1440 };
          const rate = { unitsPerHour: 0, minutesPerContact };
          const shift = { ...night, ...rate, hours: { fromMinute, toMinute }, breaks: [pause] };
          const isOff = (time: number): boolean => (time - at + 1440) % 1440 < long;
          const times = Array.from({ length: 1440 - fromMinute + toMinute }, (_, from) => (fromMinute + from) % 1440);
          const worked = times.filter((time) => !isOff(time)).length;
          const unitsOn = (day: string): number =>
            planDay({ ...plan, slotMinutes }, [shift], day, new Map(), CHINA)?.[0]?.units ?? 0;
          expect(unitsOn(MONDAY) + unitsOn(TUESDAY)).toBe(Math.floor(worked / minutesPerContact));
        },
      ),
      // Nearly round the clock, with a break that began the evening before.
      { examples: [[[2, 1], [1414, 29], 1, 15]], numRuns: 500 },
    );
  });
});

it('keeps what is promised when a shift goes, and says of which slots too much is', () => {
  const taken = [...planned([aShift(), aShift({ shiftId: 's-2', personId: 'ben' })]).values()].map((capacity) => ({
    ...capacity,
    reserved: 3,
    parts: capacity.parts?.map((part) => (part.fromMinute === 540 ? { ...part, reserved: 3 } : part)),
  }));
  const left = planned([aShift({ shiftId: 's-2', personId: 'ben' })], taken);
  expect(left.get('rm')).toMatchObject({ units: 14, reserved: 3 });
  expect(left.get(poolOf('rm', 'person', 'ann'))).toMatchObject({ units: 0, reserved: 3 });
  expect(overbookedOf(left.get('rm')!, 0)).toEqual([{ queue: 'rm', day: MONDAY, fromMinute: 540, excess: 1 }]);
  expect(overbookedOf(left.get(poolOf('rm', 'person', 'ann'))!, 0)).toMatchObject([{ fromMinute: 540, excess: 3 }]);
  expect(overbookedOf(left.get('rm')!, 600)).toEqual([]);
});

it('keeps the slots of a day with promises when the plan changes, and leaves a day that was put by hand', () => {
  const [queue] = [...planned([aShift()]).values()];
  const taken = { ...queue!, used: 1, parts: queue!.parts!.map((part, at) => ({ ...part, used: at === 0 ? 1 : 0 })) };
  const halves = { ...plan, slotMinutes: 30 };
  const lengthOf = (before: Capacity): number | undefined =>
    planDay(halves, [aShift()], MONDAY, held([before]), CHINA)?.[0]?.slotMinutes;
  expect(lengthOf(taken)).toBe(60);
  expect(lengthOf(queue!)).toBe(30);
  const byHand = { queue: 'rm', slot: MONDAY, units: 5, reserved: 0, used: 0 };
  expect(planDay(halves, [aShift()], MONDAY, held([byHand]), CHINA)).toBeNull();
});
