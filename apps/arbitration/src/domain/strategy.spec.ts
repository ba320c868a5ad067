import fc from 'fast-check';
import { aStrategy, NOW } from '../testing/decision.factory';
import { isAwaited, isLive, type StrategyState } from './strategy';

const atMs = fc.integer({ min: NOW.getTime() - 10, max: NOW.getTime() + 10 });
const STATES: StrategyState[] = ['draft', 'in_review', 'published', 'paused', 'retired'];

it('is live, awaited, or comes no more: once it is retired or past its end', () => {
  fc.assert(
    fc.property(fc.constantFrom(...STATES), atMs, atMs, (state, startsAtMs, endsAtMs) => {
      const strategy = aStrategy({ state, startsAtMs, endsAtMs });
      const isOver = state === 'retired' || endsAtMs <= NOW.getTime();
      const known = [isLive(strategy, NOW), isAwaited(strategy, NOW), isOver];
      expect(known.filter((is) => is)).toHaveLength(1);
    }),
  );
});

it('is awaited while it is paused, and before it begins', () => {
  expect(isAwaited(aStrategy({ state: 'paused' }), NOW)).toBe(true);
  expect(isAwaited(aStrategy({ startsAtMs: NOW.getTime() + 1 }), NOW)).toBe(true);
  expect(isAwaited(aStrategy(), NOW)).toBe(false);
});
