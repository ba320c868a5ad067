import fc from 'fast-check';
import { aStock } from '../testing/stock.factory';
import { NOTHING_TAKEN, type Count } from './count';
import { leftInAll, refill, shardOf, unitsOf } from './stock-shards';

// Goal: whatever the order of claims over shards, all units are given and not one more, and none is refused while one is left.
// Method: random claims, and units given back, against a model that is one number.

const emptyCounts = (shardCount: number): Count[] => Array.from({ length: shardCount }, () => NOTHING_TAKEN);

/** One claim at a shard by the rules; whether it got a unit. */
function claimAt(stock: ReturnType<typeof aStock>, counts: Count[], shard: number): boolean {
  for (const [index, count] of refill(stock, shard, counts) ?? []) counts[index] = count;
  const own = counts[shard]!;
  if (own.total >= unitsOf(stock, shard)) return false;
  counts[shard] = { ...own, total: own.total + 1 };
  return true;
}

it('splits the units without a remainder', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 0, max: 64 }), (totalLimit, shardCount) => {
      const stock = aStock({ totalLimit, shardCount });
      const parts = Array.from({ length: Math.max(1, shardCount) }, (_, shard) => unitsOf(stock, shard));
      expect(parts.reduce((sum, units) => sum + units, 0)).toBe(totalLimit);
      expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
    }),
  );
});

it('gives every unit once and refuses only when none is left, also after units came back', () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('claim' as const), at: fc.nat(63) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('back' as const), at: fc.nat(63) }) },
  );
  const terms = [fc.integer({ min: 1, max: 90 }), fc.integer({ min: 2, max: 64 })] as const;
  fc.assert(
    fc.property(...terms, fc.array(step, { maxLength: 300 }), (totalLimit, shardCount, steps) => {
      const stock = aStock({ totalLimit, shardCount });
      const counts = emptyCounts(shardCount);
      let given = 0;
      for (const { do: move, at } of steps) {
        const shard = at % shardCount;
        if (move === 'claim') {
          expect(claimAt(stock, counts, shard)).toBe(given < totalLimit);
          given = Math.min(totalLimit, given + 1);
        } else if (given > 0) {
          counts[shard] = { ...counts[shard]!, total: counts[shard]!.total - 1 };
          given -= 1;
        }
        expect(leftInAll(stock, counts)).toBe(totalLimit - given);
      }
    }),
  );
});

it('counts a customer always in the same shard, and customers evenly', () => {
  const stock = aStock({ shardCount: 8 });
  const sizes = new Array<number>(8).fill(0);
  for (let number = 0; number < 4_000; number += 1) {
    const shard = shardOf(stock, `customer-${number}`);
    expect(shardOf(stock, `customer-${number}`)).toBe(shard);
    sizes[shard]! += 1;
  }
  expect(Math.min(...sizes)).toBeGreaterThan(400);
  expect(shardOf(aStock({ shardCount: 1 }), 'customer-1')).toBe(0);
});
