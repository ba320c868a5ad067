import { aStock } from '../testing/stock.factory';
import { BENEFIT_KINDS, type BenefitKind, type RedeemWindow, type Stock } from './stock';
import { stockFaults } from './stock-faults';

// Goal: whatever restricts the use of a benefit is applied when it is used, or refused when its stock is set up.

const ofKind: Partial<Record<BenefitKind, Partial<Stock>>> = {
  percent_discount: { percentBasisPoints: 1_000 },
  points: { currency: 'PTS', isTransferable: false },
  third_party_code: { poolId: 'codes', isTransferable: false },
  bundle: { bundleStockIds: ['part'], isTransferable: false },
};
const faultsOf = (kind: BenefitKind, overrides: Partial<Stock>): string[] =>
  stockFaults({ ...aStock({ kind }), ...ofKind[kind], ...overrides }).map(({ field }) => field);
const during = (overrides: Partial<RedeemWindow>): Partial<Stock> => ({
  redeemWindow: { weekdays: [], from: '', to: '', afterDays: 0, blockedDates: [], ...overrides },
});

const PLACES: Partial<Stock>[] = [
  { thresholdMinor: 1 },
  { merchantIds: ['m'] },
  { storeIds: ['s'] },
  { outletPaths: ['hq/east'] },
];
const WINDOWS = [
  during({ weekdays: [1] }),
  during({ from: '09:00' }),
  during({ to: '21:00' }),
  during({ afterDays: 1 }),
  during({ blockedDates: ['2026-03-02'] }),
];
const WITHOUT_TILL: BenefitKind[] = ['points', 'third_party_code', 'bundle'];
const USED_BY_CLAIM: BenefitKind[] = ['points', 'bundle'];

it.each(BENEFIT_KINDS)('lets %s have what applies to its use, and nothing else', (kind) => {
  expect(faultsOf(kind, during({}))).toEqual([]);
  for (const terms of PLACES) {
    expect(faultsOf(kind, terms)).toEqual(WITHOUT_TILL.includes(kind) ? Object.keys(terms) : []);
  }
  for (const terms of WINDOWS) {
    expect(faultsOf(kind, terms)).toEqual(USED_BY_CLAIM.includes(kind) ? ['redeemWindow'] : []);
  }
});

it.each([
  ['09:00', '09:00', true],
  ['', '00:00', true],
  ['10:00', '00:00', false],
  ['22:00', '03:00', false],
  ['00:00', '', false],
])('hours from "%s" to "%s" are never: %s', (from, to, isNever) => {
  expect(faultsOf('red_packet', during({ from, to }))).toEqual(isNever ? ['redeemWindow.to'] : []);
});

it.each([
  [6, 7, []],
  [7, 7, ['redeemWindow.afterDays']],
  [30, 7, ['redeemWindow.afterDays']],
])('a wait of %i days of a benefit that lives for %i', (afterDays, days, faults) => {
  const validForSeconds = days * 24 * 3600;
  for (const kind of ['red_packet', 'third_party_code'] as const)
    expect(faultsOf(kind, { ...during({ afterDays }), validForSeconds })).toEqual(faults);
});
