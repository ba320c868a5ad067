import * as fc from 'fast-check';
import { counterOf } from './event-counter';
import { addFacts, factsOf, NO_FACTS, seriesTest, type CountedFact } from './event-series';
import type { EventsCondition } from './rule';
import type { EventSeries } from './rule-customer';

const DAY_MS = 86_400_000;
const NOW_MS = 100 * DAY_MS;
const atLeast = (value: number): EventsCondition => ({ type: 'card', windowDays: 30, count: { op: 'gte', value } });
const spent: EventsCondition = { type: 'card', windowDays: 30, sum: { of: 'amount', op: 'gte', value: 10 } };
const fact = (hash: number, daysAgo = 1, value = 1): CountedFact => ({ atMs: NOW_MS - daysAgo * DAY_MS, hash, value });
const many = (count: number): CountedFact[] => Array.from({ length: count }, (_, i) => fact(i, 1 + i / count));

it('keeps of a count no more than tells it apart, and still knows the answer', () => {
  const counter = counterOf(atLeast(2));
  const series = addFacts(NO_FACTS, many(500), counter, NOW_MS);
  expect(factsOf(series)).toHaveLength(3);
  const test = seriesTest(atLeast(2));
  expect([test.isKnown(series, NOW_MS), test.accepts(series, NOW_MS)]).toEqual([true, true]);
});

it('says that a sum is not known once more facts came than are kept, and knows it again when those are past', () => {
  const counter = counterOf(spent);
  const series = addFacts(NO_FACTS, [...many(1_001)], counter, NOW_MS);
  const test = seriesTest(spent);
  expect(factsOf(series)).toHaveLength(1_000);
  expect(test.isKnown(series, NOW_MS)).toBe(false);
  expect(test.isKnown(series, NOW_MS + 29 * DAY_MS)).toBe(true);
  expect(test.measure(series, NOW_MS + 29 * DAY_MS)).toBeLessThan(1_000);
});

it('counts a fact of the future when its moment has come, and lets it push out nothing of today', () => {
  const condition = atLeast(1);
  const counter = counterOf(condition);
  const series = addFacts(NO_FACTS, [fact(1, 1), fact(2, -1), fact(3, -2), fact(4, -3)], counter, NOW_MS);
  const test = seriesTest(condition);
  expect([test.measure(series, NOW_MS), test.measure(series, NOW_MS + DAY_MS)]).toEqual([1, 2]);
});

it('is the same series when nothing is new', () => {
  const counter = counterOf(atLeast(5));
  const series = addFacts(NO_FACTS, many(3), counter, NOW_MS);
  expect(addFacts(series, many(3).slice(1), counter, NOW_MS)).toBe(series);
});

it('never claims to know what differs from all the facts, in any order, at any later moment', () => {
  const facts = fc.array(
    fc.record({ hash: fc.nat(30), daysAgo: fc.integer({ min: -3, max: 40 }), value: fc.integer({ min: -5, max: 20 }) }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(
      facts,
      fc.nat(4),
      fc.array(fc.nat(60)),
      fc.constantFrom(0, 1, 10, 29, 30),
      (drawn, bound, cuts, later) => {
        // One fact has one moment and one value.
        const whole = [...new Map(drawn.map((one) => [one.hash, fact(one.hash, one.daysAgo, one.value)])).values()];
        const nowMs = NOW_MS + later * DAY_MS;
        const inWindow = whole.filter(({ atMs }) => atMs > nowMs - 30 * DAY_MS && atMs <= nowMs);
        for (const op of ['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] as const) {
          const condition: EventsCondition = { type: 'card', windowDays: 30, count: { op, value: bound } };
          const counter = counterOf(condition);
          let series: EventSeries = NO_FACTS;
          for (const cut of [...cuts, 0]) series = addFacts(series, whole.slice(cut), counter, NOW_MS);
          const test = seriesTest(condition);
          if (!test.isKnown(series, nowMs)) throw new Error('a count is always known');
          const all = addFacts(NO_FACTS, inWindow, { ...counter, keptMax: 1_000 }, nowMs);
          expect(test.accepts(series, nowMs)).toBe(test.accepts(all, nowMs));
          expect(factsOf(series).length).toBeLessThanOrEqual(whole.length);
        }
      },
    ),
  );
});
