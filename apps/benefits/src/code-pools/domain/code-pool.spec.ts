import * as fc from 'fast-check';
import { alarmKind, availableCount, changePool, takeCodes, type CodePool, type PoolCounts } from './code-pool';

it('gives every code once, in the order of import, and never one too many', () => {
  const takes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 30 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), takes, (importedCount, wanted) => {
      let counts: PoolCounts = { importedCount, assignedCount: 0 };
      const given: number[] = [];
      for (const count of wanted) {
        if (availableCount(counts) < count) {
          expect(() => takeCodes(counts, count)).toThrow(expect.objectContaining({ reason: 'CODE_POOL_EMPTY' }));
          continue;
        }
        const taken = takeCodes(counts, count);
        counts = taken.counts;
        given.push(...taken.positions);
      }
      expect(given).toEqual(given.map((_, index) => index));
      expect(availableCount(counts)).toBe(importedCount - given.length);
    }),
  );
});

it('raises one alarm for each threshold that is crossed, however the pool falls', () => {
  const steps = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 40 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 100 }), steps, (full, below, takes) => {
      const raised: string[] = [];
      let left = full;
      for (const take of takes) {
        const next = Math.max(0, left - take);
        const kind = next === left ? undefined : alarmKind(left, next, below);
        if (kind) raised.push(kind);
        left = next;
      }
      expect(raised.filter((kind) => kind === 'empty')).toHaveLength(left === 0 ? 1 : 0);
      expect(raised.filter((kind) => kind === 'low').length).toBeLessThanOrEqual(1);
      if (full >= below && below > 1 && left < below) expect(raised.length).toBeGreaterThanOrEqual(1);
    }),
  );
});

it('keeps provider and organisation', () => {
  const pool: CodePool = {
    poolId: 'p',
    name: 'P',
    providerId: 'video-site',
    orgPath: 'hq',
    alarmBelowCount: 10,
    createdAt: new Date(0),
  };
  expect(changePool(pool, { ...pool, name: 'Q', alarmBelowCount: 3 })).toEqual({
    ...pool,
    name: 'Q',
    alarmBelowCount: 3,
  });
  for (const other of [{ providerId: 'other' }, { orgPath: 'hq/east' }]) {
    expect(() => changePool(pool, { ...pool, ...other })).toThrow(
      expect.objectContaining({ reason: 'POOL_PROVIDER_FIXED' }),
    );
  }
});
