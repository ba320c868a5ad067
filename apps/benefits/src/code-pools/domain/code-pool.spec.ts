import * as fc from 'fast-check';
import {
  alarmKind,
  availableCount,
  changePool,
  takeCodes,
  withdrawCodes,
  type CodePool,
  type CodeQueue,
} from './code-pool';

const queueOf = (importedCount: number): CodeQueue => ({
  importedCount,
  assignedCount: 0,
  withdrawnCount: 0,
  withdrawn: [],
});

it('gives every code once, in the order of import, and never one too many', () => {
  const takes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 30 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), takes, (importedCount, wanted) => {
      let queue = queueOf(importedCount);
      const given: number[] = [];
      for (const count of wanted) {
        if (availableCount(queue) < count) {
          expect(() => takeCodes(queue, count)).toThrow(expect.objectContaining({ reason: 'CODE_POOL_EMPTY' }));
          continue;
        }
        const taken = takeCodes(queue, count);
        queue = taken.queue;
        given.push(...taken.positions);
      }
      expect(given).toEqual(given.map((_, index) => index));
      expect(availableCount(queue)).toBe(importedCount - given.length);
    }),
  );
});

it('gives no code that was withdrawn, and all others once, in whatever order they come in, are given and are withdrawn', () => {
  const place = fc.integer({ min: 0, max: 60 });
  const step = fc.oneof(
    fc.record({ kind: fc.constant('import' as const), count: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ kind: fc.constant('take' as const), count: fc.integer({ min: 1, max: 9 }) }),
    fc.record({
      kind: fc.constant('withdraw' as const),
      ranges: fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 3 }),
    }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let queue = queueOf(0);
      let waiting: number[] = [];
      let [givenCount, withdrawnCount] = [0, 0];
      for (const each of steps) {
        if (each.kind === 'import') {
          waiting.push(...Array.from({ length: each.count }, (_, index) => queue.importedCount + index));
          queue = { ...queue, importedCount: queue.importedCount + each.count };
        } else if (each.kind === 'withdraw') {
          const ranges = each.ranges.map(([from, to]) => ({ from, to }));
          const left = waiting.filter((position) => !ranges.some(({ from, to }) => from <= position && position < to));
          withdrawnCount += waiting.length - left.length;
          waiting = left;
          queue = withdrawCodes(queue, ranges);
        } else if (each.count > waiting.length) {
          expect(() => takeCodes(queue, each.count)).toThrow(expect.objectContaining({ reason: 'CODE_POOL_EMPTY' }));
        } else {
          const taken = takeCodes(queue, each.count);
          expect(taken.positions).toEqual(waiting.splice(0, each.count));
          givenCount += each.count;
          queue = taken.queue;
        }
        expect([availableCount(queue), queue.assignedCount, queue.withdrawnCount]).toEqual([
          waiting.length,
          givenCount,
          withdrawnCount,
        ]);
      }
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
