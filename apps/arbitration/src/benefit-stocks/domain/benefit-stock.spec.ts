import { GONE, hasToGive, type BenefitStock } from './benefit-stock';

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
