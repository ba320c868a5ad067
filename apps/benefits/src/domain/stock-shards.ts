import { createHash } from 'node:crypto';
import { NOTHING_TAKEN, type Count } from './count';
import type { Stock } from './stock';

/** Most shards 分片 of one stock. */
export const SHARDS_MAX = 64;

type Sharded = Pick<Stock, 'stockId' | 'shardCount' | 'totalLimit'>;

export const isSharded = ({ shardCount }: Pick<Stock, 'shardCount'>): boolean => shardCount > 1;

/** Where a customer's claims of a stock are counted: always the same shard, 0 when there is but one. */
export const shardOf = (stock: Pick<Stock, 'shardCount'>, customerId: string): number =>
  isSharded(stock) ? createHash('sha256').update(customerId).digest().readUInt32BE(0) % stock.shardCount : 0;

/** A shard's part of the units; all parts add up to the total. */
export function unitsOf({ totalLimit, shardCount }: Sharded, shard: number): number {
  if (shardCount <= 1) return totalLimit;
  return Math.floor(totalLimit / shardCount) + (shard < totalLimit % shardCount ? 1 : 0);
}

/** What a shard has left. Its count is what was claimed of it and what it lent to others, less what it was lent. */
const leftOf = (stock: Sharded, shard: number, { total }: Count): number => unitsOf(stock, shard) - total;

/** What all shards have left, by their counts in order. */
export const leftInAll = (stock: Sharded, counts: readonly Count[]): number =>
  stock.totalLimit - counts.reduce((sum, { total }) => sum + total, 0);

/** Whether a shard may run dry by so many more claims. */
export const mayRunDry = (stock: Sharded, shard: number, count: Count = NOTHING_TAKEN, claims: number): boolean =>
  leftOf(stock, shard, count) <= claims;

/**
 * The counts of a dry shard and of the next one round that has units, after half of these were lent; undefined when the
 * shard is not dry, or all of them are. The sum over all shards stays the same, so no unit is made or lost.
 */
export function refill(stock: Sharded, shard: number, counts: readonly Count[]): Map<number, Count> | undefined {
  const own = counts[shard] ?? NOTHING_TAKEN;
  if (leftOf(stock, shard, own) > 0) return undefined;
  for (let step = 1; step < stock.shardCount; step += 1) {
    const lender = (shard + step) % stock.shardCount;
    const count = counts[lender] ?? NOTHING_TAKEN;
    const left = leftOf(stock, lender, count);
    if (left <= 0) continue;
    const lent = Math.ceil(left / 2);
    return new Map([
      [lender, { ...count, total: count.total + lent }],
      [shard, { ...own, total: own.total - lent }],
    ]);
  }
  return undefined;
}
