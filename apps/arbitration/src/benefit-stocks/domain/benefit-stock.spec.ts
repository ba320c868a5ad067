import * as fc from 'fast-check';
import { PromiseBook } from '../../domain/promise-book';
import { unitsOnDays, type DayPromises, type StockRoom, type StockTake } from '../../domain/stock-promise';
import { GONE, hasToGive, idsBehind, roomOf, unitsLeft, type BenefitStock } from './benefit-stock';

const NOW = new Date('2026-03-02T02:00:00Z');
const at = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
const stock = (overrides: Partial<BenefitStock> = {}): BenefitStock => ({
  ...GONE,
  isOpen: true,
  leftCount: 1,
  ...overrides,
});
const gives = (stocks: Record<string, BenefitStock>): boolean => hasToGive(new Map(Object.entries(stocks)), 's', NOW);

it.each<[string, BenefitStock, boolean]>([
  ['with a unit left', stock(), true],
  ['that is sold out', stock({ leftCount: 0 }), false],
  ['that is paused or closed', stock({ isOpen: false }), false],
  ['that is not there', GONE, false],
  ['within its claim window', stock({ claimStartsAt: NOW, claimEndsAt: at(1) }), true],
  ['before its claim window', stock({ claimStartsAt: at(1) }), false],
  ['at the end of its claim window', stock({ claimEndsAt: NOW }), false],
])('a stock %s', (_what, given, expected) => {
  expect(gives({ s: given })).toBe(expected);
});

const today = { timeZone: 'Asia/Shanghai', day: '2026-03-02', dailyLimit: 5 };
it.each<[string, Partial<BenefitStock>, Date, number]>([
  ['all that is left', { leftCount: 7 }, NOW, 7],
  ['what its day allows of it', { leftCount: 7, ...today, claimedOnDayCount: 3 }, NOW, 2],
  ['nothing more than is left', { leftCount: 1, ...today, claimedOnDayCount: 3 }, NOW, 1],
  ['nothing when its day has given more', { leftCount: 7, ...today, claimedOnDayCount: 6 }, NOW, 0],
  // 16:00 UTC is midnight in Shanghai.
  ['nothing to the end of its day', { leftCount: 7, ...today, claimedOnDayCount: 5 }, at(13 * 60 + 59), 0],
  ['all of a new day', { leftCount: 7, ...today, claimedOnDayCount: 5 }, at(14 * 60), 5],
  [
    'what a clock ahead counts to the next day',
    { leftCount: 7, ...today, day: '2026-03-03', claimedOnDayCount: 4 },
    NOW,
    1,
  ],
  ['nothing while it is closed', { leftCount: 7, isOpen: false }, NOW, 0],
])('has %s', (_what, given, now, expected) => {
  expect(unitsLeft(stock(given), now)).toBe(expected);
});

it('takes of itself, and as a whole bundle of each part', () => {
  const bundle = (isWhole: boolean) => new Map([['s', stock({ partIds: ['a', 'b'], isWhole })]]);
  expect(idsBehind(bundle(true), 's')).toEqual(['s', 'a', 'b']);
  expect(idsBehind(bundle(false), 's')).toEqual(['s']);
  expect(idsBehind(new Map(), 's')).toEqual(['s']);
});

describe('what may be promised of it', () => {
  const promised = (day: string, promisedCount: number, claimedCount: number): DayPromises => ({
    day,
    promisedCount,
    claimedCount,
  });
  const unitsOn = (given: Partial<BenefitStock>, promises: DayPromises[], days: string[]): number =>
    unitsOnDays(roomOf('s', stock(given), promises, NOW), promises, days);
  const [MONDAY, TUESDAY] = ['2026-03-02', '2026-03-03'];

  it('is what is left without what was promised, of which what was claimed does not count twice', () => {
    // Ten in all: four claimed, three of them promised before; of five promised two are still to be claimed.
    expect(unitsOn({ ...today, dailyLimit: 0, leftCount: 6 }, [promised(MONDAY, 5, 3)], [MONDAY])).toBe(4);
    expect(unitsOn({ ...today, dailyLimit: 0, leftCount: 6 }, [promised('2026-03-01', 5, 3)], [MONDAY])).toBe(6);
    expect(unitsOn({ ...today, isOpen: false, leftCount: 6 }, [], [MONDAY])).toBe(0);
  });

  it('is held to the limit of each day, to all that is left, and to the end of the claims', () => {
    const given = { ...today, leftCount: 20, claimedOnDayCount: 2 };
    expect(unitsOn(given, [promised(MONDAY, 2, 1)], [MONDAY])).toBe(2);
    expect(unitsOn(given, [promised(MONDAY, 2, 1)], [MONDAY, TUESDAY])).toBe(7);
    expect(unitsOn({ ...given, leftCount: 6 }, [promised(MONDAY, 2, 1)], [MONDAY, TUESDAY])).toBe(5);
    // 16:00 UTC is midnight in Shanghai.
    expect(unitsOn({ ...given, claimEndsAt: at(14 * 60) }, [], [MONDAY, TUESDAY])).toBe(3);
  });

  it('is never exceeded, whatever is promised, given back and claimed in between', () => {
    const step = fc.record({
      kind: fc.constantFrom('promise', 'release', 'claim', 'walk-in', 'ask'),
      day: fc.constantFrom(MONDAY, TUESDAY),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        // The stock as `benefits` has it; every promise is a claim that may still come.
        let leftCount = 8;
        let claimedOnDayCount = 0;
        let open: StockTake[] = [];
        const byStock = new Map<string, DayPromises[]>();
        const bookOf = (room: StockRoom): PromiseBook => new PromiseBook(NOW, byStock, new Map([['s', [room]]]));
        const asked = (): StockRoom =>
          roomOf('s', stock({ ...today, leftCount, claimedOnDayCount }), byStock.get('s') ?? [], NOW);
        let room = asked();
        for (const { kind, day } of steps) {
          const book = bookOf(room);
          if (kind === 'ask') room = asked();
          if (kind === 'promise' && book.hasRoom('s', day)) open.push(...book.take('s', day));
          const [first, ...others] = open;
          if (kind === 'release' && first) book.follow([first], 'reserved', 'expired');
          if (kind === 'claim' && first?.day === MONDAY) {
            book.claim([first]);
            [leftCount, claimedOnDayCount] = [leftCount - 1, claimedOnDayCount + 1];
          }
          if (kind === 'release' || (kind === 'claim' && first?.day === MONDAY)) open = others;
          // Somebody else takes what is not promised; the push asks again before it promises more.
          const ofDay = open.filter((take) => take.day === MONDAY).length;
          if (kind === 'walk-in' && leftCount > open.length && claimedOnDayCount + ofDay < today.dailyLimit) {
            [leftCount, claimedOnDayCount] = [leftCount - 1, claimedOnDayCount + 1];
            room = asked();
          }
          const promisedFor = (which: string): number => open.filter((take) => take.day === which).length;
          expect(open.length).toBeLessThanOrEqual(leftCount);
          expect(claimedOnDayCount + promisedFor(MONDAY)).toBeLessThanOrEqual(today.dailyLimit);
          expect(promisedFor(TUESDAY)).toBeLessThanOrEqual(today.dailyLimit);
        }
      }),
    );
  });
});

it('may give when nothing was heard of it', () => {
  expect(gives({})).toBe(true);
});

it('as a bundle gives what its parts do: all of them, or one', () => {
  const bundle = (isWhole: boolean) => stock({ partIds: ['a', 'b'], isWhole });
  const sold = stock({ leftCount: 0 });
  expect(gives({ s: bundle(true), a: stock(), b: sold })).toBe(false);
  expect(gives({ s: bundle(true), a: stock() })).toBe(true);
  expect(gives({ s: bundle(false), a: stock(), b: sold })).toBe(true);
  expect(gives({ s: bundle(false), a: sold, b: GONE })).toBe(false);
  expect(gives({ s: { ...bundle(false), leftCount: 0 }, a: stock(), b: stock() })).toBe(false);
});
