import fc from 'fast-check';
import { aStock } from '../testing/stock.factory';
import { NOTHING_TAKEN, type Count } from './count';
import { localDay, takeOne } from './stock';
import { isFull, isSoldOut, refill, shardOf, shardTerms, unitsInAll, unitsOf } from './stock-shards';

// Goal: whatever the order of claims over shards, all units are given and not one more, and none is refused while one is left.
// Method: random claims, and units given back, against a model that is one number.

const emptyCounts = (shardCount: number): Count[] => Array.from({ length: shardCount }, () => NOTHING_TAKEN);

/** One claim at a shard by the rules: what became of it. */
function claimAt(stock: ReturnType<typeof aStock>, counts: Count[], shard: number, now: Date): string {
  for (const [index, count] of refill(stock, shard, counts, localDay(now, stock.timeZone))) counts[index] = count;
  const none = { customerCount: NOTHING_TAKEN, personTotal: 0 };
  try {
    counts[shard] = takeOne(shardTerms(stock, shard), { ...none, stockCount: counts[shard]! }, now).stockCount;
    return 'got';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
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

it('gives every unit once and refuses only when none is left, also after units came back and days have passed', () => {
  const at = fc.nat(63);
  const step = fc.oneof(
    { weight: 12, arbitrary: fc.record({ do: fc.constant('claim' as const), at }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('back' as const), at }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('next day' as const), at }) },
  );
  const shards = fc.integer({ min: 2, max: 16 });
  const terms = fc
    .tuple(shards, fc.integer({ min: 1, max: 90 }), fc.nat(20), fc.nat(60))
    .map(([shardCount, ...rest]) => {
      const [totalLimit, dayMore, paidFor] = rest;
      // 0 for none; else as many as there are shards or more.
      const dailyLimit = dayMore === 0 ? 0 : shardCount + dayMore;
      const budgetMinor = paidFor === 0 ? 0 : 800 * (shardCount + paidFor) + 799;
      return aStock({ shardCount, totalLimit, dailyLimit, budgetMinor });
    });
  fc.assert(
    fc.property(terms, fc.array(step, { maxLength: 300 }), (stock, steps) => {
      const counts = emptyCounts(stock.shardCount);
      let given = 0;
      let givenToday = 0;
      let now = new Date('2026-03-02T04:00:00Z');
      const refusal = (): string => {
        if (given === stock.totalLimit) return 'STOCK_SOLD_OUT';
        if (given === unitsInAll(stock)) return 'BUDGET_EXHAUSTED';
        return stock.dailyLimit > 0 && givenToday === stock.dailyLimit ? 'DAILY_LIMIT_REACHED' : '';
      };
      for (const { do: move, at: place } of steps) {
        const shard = place % stock.shardCount;
        if (move === 'claim') {
          const expected = refusal() || 'got';
          expect(claimAt(stock, counts, shard, now)).toBe(expected);
          if (expected !== 'got') continue;
          given += 1;
          givenToday += 1;
        } else if (move === 'back' && given > 0) {
          counts[shard] = { ...counts[shard]!, total: counts[shard]!.total - 1 };
          given -= 1;
        } else if (move === 'next day') {
          now = new Date(now.getTime() + 86_400_000);
          givenToday = 0;
        }
        expect(isSoldOut(stock, counts)).toBe(given === stock.totalLimit);
        if (isSoldOut(stock, counts)) expect(counts.every((count, index) => isFull(stock, index, count))).toBe(true);
      }
    }),
  );
});

it('never gives more than a day’s limit, though the clocks of two replicas stand on either side of midnight', () => {
  const stock = aStock({ shardCount: 4, totalLimit: 1_000, dailyLimit: 9 });
  const claims = fc.array(fc.record({ shard: fc.nat(3), isAhead: fc.boolean() }), { maxLength: 120 });
  fc.assert(
    fc.property(claims, (all) => {
      const counts = emptyCounts(4);
      const [behind, ahead] = [new Date('2026-03-02T15:59:00Z'), new Date('2026-03-02T16:01:00Z')];
      const got = all.filter(({ shard, isAhead }) => claimAt(stock, counts, shard, isAhead ? ahead : behind) === 'got');
      // Of two days.
      expect(got.length).toBeLessThanOrEqual(18);
      expect(got.filter(({ isAhead }) => isAhead).length).toBeLessThanOrEqual(9);
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
