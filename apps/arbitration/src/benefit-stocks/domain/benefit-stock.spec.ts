import { GONE, hasToGive, unitsBehind, unitsLeft, type BenefitStock } from './benefit-stock';

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

it('takes of itself, and as a whole bundle of each part that is known', () => {
  const bundle = (isWhole: boolean) => stock({ leftCount: 9, partIds: ['a', 'b'], isWhole });
  const behind = (given: BenefitStock) =>
    unitsBehind(new Map(Object.entries({ s: given, a: stock({ leftCount: 4 }) })), 's', NOW);
  expect(behind(bundle(true))).toEqual([
    { stockId: 's', units: 9 },
    { stockId: 'a', units: 4 },
  ]);
  expect(behind(bundle(false))).toEqual([{ stockId: 's', units: 9 }]);
  expect(unitsBehind(new Map(), 's', NOW)).toEqual([]);
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
