import fc from 'fast-check';
import { capacityId, freeUnits, poolOf, teamOfHold, withUnits, type Capacity, type Hold, type Owner } from './capacity';
import { CapacityBook, type DayMinute } from './capacity-book';
import { daysAhead, namedSlot } from './capacity-window';

const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';
const TEAM_OF = { ann: 'east', ben: 'east', cyd: 'west', dan: '' };
const PEOPLE = Object.keys(TEAM_OF) as (keyof typeof TEAM_OF)[];

/** A day of hourly parts from nine, with so many units in each. */
const aDay = (queue: string, slot: string, units: number[], team?: string): Capacity => ({
  queue,
  slot,
  units: units.reduce((sum, each) => sum + each, 0),
  reserved: 0,
  used: 0,
  parts: units.map((each, at) => ({
    fromMinute: 540 + at * 60,
    toMinute: 600 + at * 60,
    units: each,
    reserved: 0,
    used: 0,
  })),
  ...(team !== undefined && { team }),
});

const bookOf = (capacities: Capacity[], from?: DayMinute): CapacityBook => {
  const days = [...new Set(capacities.map(({ slot }) => slot))].sort();
  const byId = new Map(capacities.map((capacity) => [capacityId(capacity.queue, capacity.slot), capacity]));
  return new CapacityBook(byId, new Map([['rm', days]]), from);
};
const ann = poolOf('rm', 'person', 'ann');
const east = poolOf('rm', 'team', 'east');
const owner = (personId: string, teamId = ''): Owner => ({ personId, teamId });

it('fills the earliest slots first, over days, and leaves out what is over', () => {
  const book = bookOf([aDay('rm', MONDAY, [1, 1]), aDay('rm', TUESDAY, [1])], { day: MONDAY, minute: 600 });
  expect(book.freeOf('rm')).toBe(2);
  expect([1, 2, 3].map(() => book.reserve('rm')?.slot)).toEqual([`${MONDAY}T10:00`, `${TUESDAY}T09:00`, undefined]);
});

it('takes a unit of the person, his team and the queue, and waits for his own slots', () => {
  const book = bookOf([
    aDay('rm', MONDAY, [2, 2]),
    aDay(east, MONDAY, [2, 2]),
    aDay(ann, MONDAY, [0, 1], 'east'),
    aDay('rm', TUESDAY, [1]),
    aDay(ann, TUESDAY, [1], 'east'),
    aDay(east, TUESDAY, [1]),
  ]);
  expect(book.reserve('rm', owner('ann'))).toEqual({ pools: ['rm', east, ann], slot: `${MONDAY}T10:00` });
  expect(book.reserve('rm', owner('ann'))?.slot).toBe(`${TUESDAY}T09:00`);
  expect(book.hasRoom('rm', owner('ann'))).toBe(false);
  expect(book.reserve('rm', owner('zoe'))).toEqual({ pools: ['rm'], slot: `${MONDAY}T09:00` });
});

it('takes a unit of the team for its own customers, and for those of a colleague who is away', () => {
  const book = bookOf([
    aDay('rm', MONDAY, [3, 3]),
    aDay(east, MONDAY, [0, 2]),
    aDay(ann, MONDAY, [0, 2], 'east'),
    aDay('rm', TUESDAY, [1]),
    aDay(east, TUESDAY, [1]),
  ]);
  const hold = book.reserve('rm', owner('', 'east'));
  expect(hold).toEqual({ pools: ['rm', east], slot: `${MONDAY}T10:00` });
  expect(teamOfHold(hold!)).toBe('east');
  expect(book.reserve('rm', owner('away', 'east'))?.slot).toBe(`${MONDAY}T10:00`);
  // What the team promised is not left for its people, who have no units of their own tomorrow.
  expect(book.hasRoom('rm', owner('ann', 'east'))).toBe(false);
  expect(book.reserve('rm', owner('', 'east'))?.slot).toBe(`${TUESDAY}T09:00`);
  expect(book.hasRoom('rm', owner('', 'east'))).toBe(false);
  expect(book.reserve('rm', owner('', 'gone'))).toEqual({ pools: ['rm'], slot: `${MONDAY}T09:00` });
});

it('never promises more than there is at any level, and gives back exactly what was taken', () => {
  const units = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 });
  const step = fc.record({
    who: fc.record({ personId: fc.constantFrom('', ...PEOPLE), teamId: fc.constantFrom('', 'east', 'west') }),
    gives: fc.boolean(),
    pick: fc.nat(),
    isUsed: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.tuple(units, units, units, units), fc.array(step, { maxLength: 60 }), (byPerson, steps) => {
      const people = PEOPLE.map((id, at) => aDay(poolOf('rm', 'person', id), MONDAY, byPerson[at]!, TEAM_OF[id]));
      const sumOf = (isMeant: (team: string) => boolean): number[] =>
        [0, 1, 2].map((part) =>
          byPerson.reduce((sum, each, at) => sum + (isMeant(TEAM_OF[PEOPLE[at]!]) ? each[part]! : 0), 0),
        );
      const teams = ['east', 'west'].map((id) =>
        aDay(
          poolOf('rm', 'team', id),
          MONDAY,
          sumOf((team) => team === id),
        ),
      );
      const capacities = [
        aDay(
          'rm',
          MONDAY,
          sumOf(() => true),
        ),
        ...teams,
        ...people,
      ];
      const book = bookOf(capacities);
      const holds: Hold[] = [];
      let usedCount = 0;
      for (const { who, gives, pick, isUsed } of steps) {
        if (gives && holds.length > 0) {
          const [hold] = holds.splice(pick % holds.length, 1);
          book.count(hold!, { reserved: -1, used: isUsed ? 1 : 0 });
          usedCount += isUsed ? 1 : 0;
        } else {
          const free = book.freeOf('rm');
          const hold = book.reserve('rm', who);
          if (hold !== null) holds.push(hold);
          expect(book.freeOf('rm')).toBe(free - (hold === null ? 0 : 1));
        }
        for (const { reserved, used, units: whole, parts = [] } of capacities) {
          for (const part of parts) expect(part.reserved + part.used).toBeLessThanOrEqual(part.units);
          expect(reserved).toBe(parts.reduce((sum, part) => sum + part.reserved, 0));
          expect(reserved + used).toBeLessThanOrEqual(whole);
        }
        expect(capacities[0]).toMatchObject({ reserved: holds.length, used: usedCount });
        for (const { queue, reserved } of capacities) {
          expect(reserved).toBe(holds.filter(({ pools }) => pools.includes(queue)).length);
        }
      }
      for (const hold of holds) book.count(hold, { reserved: -1, used: 0 });
      for (const capacity of capacities) expect(capacity.reserved).toBe(0);
    }),
  );
});

it('spends from a book and from copies of it each by itself, in whatever order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -4, max: 3 }), { maxLength: 30 }), (steps) => {
      const books = [bookOf([aDay('rm', MONDAY, [2, 2]), aDay(ann, MONDAY, [1, 1])])];
      const reserved = [0];
      for (const step of steps) {
        const at = (step + 4) % books.length;
        if (step < 0) {
          books.push(books[at]!.copy());
          reserved.push(reserved[at]!);
        } else if (books[at]!.reserve('rm') !== null) reserved[at] = reserved[at]! + 1;
      }
      expect(books.map((book) => book.capacityOf('rm')!.reserved)).toEqual(reserved);
      expect(books.map((book) => 4 - freeUnits(book.capacityOf('rm')!))).toEqual(reserved);
    }),
  );
});

it('knows slots by day, week and name', () => {
  expect(daysAhead('Asia/Shanghai', new Date('2026-03-02T02:00:00Z'), 1)).toEqual({
    slots: [
      [MONDAY, '2026-W10'],
      [TUESDAY, '2026-W10'],
    ],
    from: { day: MONDAY, minute: 600 },
  });
  expect(namedSlot('week-1')).toEqual({ slots: [['week-1']] });
});

it('names the slots that have units: parts that are ahead, whole days, weeks', () => {
  const week = { queue: 'rm', slot: '2026-W11', units: 3, reserved: 3, used: 0 };
  const whole = { queue: 'rm', slot: '2026-03-04', units: 1, reserved: 0, used: 0 };
  const days = [
    aDay('rm', MONDAY, [1, 0, 2]),
    aDay('rm', TUESDAY, [0, 1]),
    whole,
    { ...whole, slot: '2026-03-05', units: 0 },
  ];
  const book = bookOf([...days, week], { day: MONDAY, minute: 600 });
  expect(book.openSlots('rm')).toEqual([
    { slot: `${MONDAY}T11:00`, day: MONDAY, fromMinute: 660, toMinute: 720 },
    { slot: `${TUESDAY}T10:00`, day: TUESDAY, fromMinute: 600, toMinute: 660 },
    { slot: '2026-03-04', day: '2026-03-04', fromMinute: 0, toMinute: 1440 },
    { slot: '2026-W11', day: '', fromMinute: 0, toMinute: 1440 },
  ]);
  expect(book.copy().openSlots('rm')).toBe(book.openSlots('rm'));
  expect(book.openSlots('none')).toEqual([]);
});

it('does not let units of shifts be set by hand', () => {
  expect(() => withUnits(aDay('rm', MONDAY, [1]), 5)).toThrow(
    expect.objectContaining({ reason: 'CAPACITY_FROM_SHIFTS' }),
  );
});
