import { createHash } from 'node:crypto';
import { NOTHING_TAKEN, takenOn, type Count } from './count';
import type { Stock } from './stock';

/** Most shards 分片 of one stock. */
export const SHARDS_MAX = 64;

type Sharded = Pick<Stock, 'stockId' | 'shardCount' | 'totalLimit' | 'dailyLimit' | 'budgetMinor' | 'faceValueMinor'>;

export const isSharded = ({ shardCount }: Pick<Stock, 'shardCount'>): boolean => shardCount > 1;

/** Where a customer's claims of a stock are counted: always the same shard, 0 when there is but one. */
export const shardOf = (stock: Pick<Stock, 'shardCount'>, customerId: string): number =>
  isSharded(stock) ? createHash('sha256').update(customerId).digest().readUInt32BE(0) % stock.shardCount : 0;

/** The units that the budget pays for; those of the total limit when it pays for more. */
export const unitsInAll = ({ totalLimit, budgetMinor, faceValueMinor }: Omit<Sharded, 'stockId'>): number =>
  budgetMinor > 0 && faceValueMinor > 0 ? Math.min(totalLimit, Math.floor(budgetMinor / faceValueMinor)) : totalLimit;

/** A shard's part of so many units; all parts add up to them. */
const partOf = (units: number, { shardCount }: Sharded, shard: number): number =>
  Math.floor(units / shardCount) + (shard < units % shardCount ? 1 : 0);

/** The units of a shard; of the whole stock when it has but one. */
export const unitsOf = (stock: Sharded, shard: number): number =>
  isSharded(stock) ? partOf(unitsInAll(stock), stock, shard) : stock.totalLimit;

/** What a shard may give of something, and how much of it a count has taken. */
interface Measure {
  part(shard: number): number;
  taken(count: Count): number;
  /** The count with so much more taken, or less. */
  take(count: Count, units: number): Count;
}

const inAll = (stock: Sharded): Measure => ({
  part: (shard) => unitsOf(stock, shard),
  taken: ({ total }) => total,
  take: (count, units) => ({ ...count, total: count.total + units }),
});

const onDay = (stock: Sharded, day: string): Measure => ({
  part: (shard) => partOf(stock.dailyLimit, stock, shard),
  taken: (count) => takenOn(count, day),
  take: (count, units) => ({ ...count, day, dayTotal: takenOn(count, day) + units }),
});

/** What is counted in shards: units in all, and of the day where the stock limits a day. */
const measuresOf = (stock: Sharded, day: string): Measure[] => [
  inAll(stock),
  ...(stock.dailyLimit > 0 ? [onDay(stock, day)] : []),
];

/** What a shard has left. Its count is what was claimed of it and what it lent to others, less what it was lent. */
const leftOf = ({ part, taken }: Measure, shard: number, count: Count): number => part(shard) - taken(count);

/** A shard as the rules see it: a stock of so many units, and of so many a day. */
export function shardTerms<S extends Sharded>(stock: S, shard: number): S {
  if (!isSharded(stock)) return stock;
  const units = unitsOf(stock, shard);
  const dailyLimit = partOf(stock.dailyLimit, stock, shard);
  if (unitsInAll(stock) === stock.totalLimit) return { ...stock, totalLimit: units, budgetMinor: 0, dailyLimit };
  // Its budget ends first, and is what it then tells of.
  return { ...stock, budgetMinor: units * stock.faceValueMinor, dailyLimit };
}

/** Whether nothing is left of the stock's total limit, by the counts of all shards. */
export const isSoldOut = (stock: Sharded, counts: readonly Count[]): boolean =>
  counts.reduce((sum, { total }) => sum + total, 0) >= stock.totalLimit;

/** Whether nothing is left of a shard's part of the total limit. A stock is sold out only when all its shards are full. */
export const isFull = (stock: Sharded, shard: number, count: Count = NOTHING_TAKEN): boolean =>
  leftOf(inAll(stock), shard, count) <= 0;

/** Whether a shard may run dry by so many more claims. */
export const mayRunDry = (
  stock: Sharded,
  { shard, count = NOTHING_TAKEN, day }: { shard: number; count?: Count | undefined; day: string },
  claims: number,
): boolean => measuresOf(stock, day).some((measure) => leftOf(measure, shard, count) <= claims);

/**
 * The counts of a dry shard and of those next round it that have something, after half of theirs was lent: of units in all, and of the day.
 * Sums over all shards stay the same, so nothing is made or lost. Empty when the shard is not dry, or all of them are.
 */
export function refill(stock: Sharded, shard: number, counts: readonly Count[], today: string): Map<number, Count> {
  // No shard goes back behind a day that another has begun.
  const day = counts.reduce((latest, count) => (count.day > latest ? count.day : latest), today);
  const changed = new Map<number, Count>();
  const at = (index: number): Count => changed.get(index) ?? counts[index] ?? NOTHING_TAKEN;
  for (const measure of measuresOf(stock, day)) {
    if (leftOf(measure, shard, at(shard)) > 0) continue;
    for (let step = 1; step < stock.shardCount; step += 1) {
      const lender = (shard + step) % stock.shardCount;
      const left = leftOf(measure, lender, at(lender));
      if (left <= 0) continue;
      const lent = Math.ceil(left / 2);
      changed.set(lender, measure.take(at(lender), lent)).set(shard, measure.take(at(shard), -lent));
      break;
    }
  }
  return changed;
}
