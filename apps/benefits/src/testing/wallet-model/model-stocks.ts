import { aStock } from '../stock.factory';
import type { Stock } from '../../domain/stock';
import { DAY_MS, isGivable, type ModelStock } from './model-state';

export const CODE_POOL = 'model-codes';
const LONG_MS = 100 * 365 * DAY_MS;

/** A red packet of 8.01, claimed of a hundred at most for two days. */
const base = (now: number): ModelStock => ({
  kind: 'packet',
  parts: [],
  isWhole: false,
  isCommon: false,
  face: 801,
  bankPart: 7_000,
  threshold: 0,
  total: 100,
  perDay: 0,
  perCustomer: 0,
  perPerson: 0,
  budget: 0,
  shards: 0,
  endsAt: now + 2 * DAY_MS,
  validMs: 7 * DAY_MS,
  state: 'open',
});

/** The stocks of every sequence, with little of each, so that limits are met. */
export const stocksAt = (now: number): Record<string, ModelStock> => ({
  packet: { ...base(now), total: 4, perCustomer: 2, shards: 3 },
  discount: { ...base(now), kind: 'discount', face: 499, threshold: 400, budget: 1_300, validMs: DAY_MS },
  short: {
    ...base(now),
    face: 1_000,
    total: 6,
    perDay: 3,
    perCustomer: 2,
    perPerson: 2,
    endsAt: now + 3_600_000,
    validMs: 600_000,
  },
  voucher: { ...base(now), kind: 'code', face: 300, total: 3, perPerson: 1 },
  dots: { ...base(now), kind: 'points', face: 30, total: 3, perCustomer: 2, perPerson: 2 },
  box: { ...base(now), kind: 'bundle', parts: ['dots', 'packet'], isWhole: true, total: 5 },
  bag: { ...base(now), kind: 'bundle', parts: ['voucher', 'discount'], total: 4 },
  ...commonStocks(now),
});

/** One of each for all sequences, so only limits of a customer or a person are met. */
export const commonStocks = (now: number): Record<'coffee' | 'cake', ModelStock> => {
  const common: ModelStock = {
    ...base(now),
    isCommon: true,
    face: 500,
    bankPart: 0,
    total: 1_000_000,
    endsAt: now + LONG_MS,
    validMs: 3 * DAY_MS,
  };
  return {
    // What points are exchanged for.
    coffee: { ...common, perCustomer: 2 },
    // A reward that a person has once, whatever he has earned.
    cake: { ...common, face: 650, perPerson: 1 },
  };
};

const KINDS = {
  packet: 'red_packet',
  discount: 'amount_discount',
  code: 'third_party_code',
  points: 'points',
  bundle: 'bundle',
} as const;

/** The model's stock as the service has it; the party that bears the bank's part has the name of the run. */
export const realStock = (
  stock: ModelStock,
  { stockId, run, now, parts }: { stockId: string; run: string; now: number; parts: string[] },
): Stock =>
  aStock({
    stockId,
    kind: KINDS[stock.kind],
    currency: stock.kind === 'points' ? 'PTS' : 'CNY',
    poolId: stock.kind === 'code' ? CODE_POOL : '',
    bundleStockIds: parts,
    isBundleWhole: stock.isWhole,
    isTransferable: isGivable(stock),
    faceValueMinor: stock.face,
    thresholdMinor: stock.threshold,
    totalLimit: stock.total,
    dailyLimit: stock.perDay,
    perCustomerLimit: stock.perCustomer,
    naturalPersonLimit: stock.perPerson,
    budgetMinor: stock.budget,
    shardCount: stock.shards,
    isShareable: true,
    claimStartsAt: new Date(now),
    claimEndsAt: new Date(stock.endsAt),
    validForSeconds: stock.validMs / 1000,
    costShares: [
      ...(stock.bankPart > 0 ? [{ funder: 'bank' as const, partyId: run, basisPoints: stock.bankPart }] : []),
      { funder: 'merchant' as const, partyId: '', basisPoints: 10_000 - stock.bankPart },
    ],
    orgPath: `hq/${run}`,
  });
