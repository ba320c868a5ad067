import type { EventCounter } from '@tidegate/rules';
import {
  COUNTERS_MAX,
  EMPTY_REGISTER,
  fillCounter,
  keepsAll,
  readyNames,
  sweepCounters,
  wantCounters,
} from './counter-register';

const NOW = new Date('2026-03-02T02:00:00Z');
const later = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);
const counter = (type: string): EventCounter => ({ type, where: [], of: null, windowDays: 30, keptMax: 3 });

it('keeps each counter once, whole only when it is filled, and drops it a day after it was wanted last', () => {
  const begun = wantCounters(EMPTY_REGISTER, [counter('a'), counter('b'), counter('a')], NOW);
  expect(begun.counters.map(({ name, state }) => [name, state])).toEqual([
    ['1', 'filling'],
    ['2', 'filling'],
  ]);
  expect(wantCounters(begun, [counter('a')], NOW)).toBe(begun);
  const filled = fillCounter(fillCounter(begun, '1', { until: 'm', customerCount: 4 }), '1', {
    until: null,
    customerCount: 2,
  });
  expect(filled.counters[0]).toMatchObject({ filledUntil: 'm', filledCustomerCount: 6, state: 'ready' });
  expect(readyNames(filled)).toEqual(['1']);
  const renewed = wantCounters(filled, [counter('a')], later(20));
  expect(sweepCounters(renewed, later(21))).toBe(renewed);
  expect(sweepCounters(renewed, later(25)).counters.map(({ name }) => name)).toEqual(['1']);
});

it('takes no more in than there is room for', () => {
  const begun = wantCounters(EMPTY_REGISTER, [counter('a'), counter('b')], NOW);
  const asked = [counter('b'), counter('c'), counter('d')];
  expect(wantCounters(begun, asked, NOW, 3).counters.map(({ counter: { type } }) => type)).toEqual(['a', 'b', 'c']);
  expect(wantCounters(begun, asked, NOW, 2)).toBe(begun);
});

it('never gives the name of a counter that is gone to another', () => {
  const gone = sweepCounters(wantCounters(EMPTY_REGISTER, [counter('a')], NOW), later(24));
  expect(gone.counters).toEqual([]);
  expect(wantCounters(gone, [counter('a')], later(24)).counters[0]?.name).toBe('2');
});

it('leaves out what there is no room for', () => {
  const many = Array.from({ length: COUNTERS_MAX + 1 }, (_, i) => counter(`type-${i}`));
  const full = wantCounters(EMPTY_REGISTER, many, NOW);
  expect(full.counters).toHaveLength(COUNTERS_MAX);
  expect([keepsAll(full, many.slice(1)), keepsAll(full, many.slice(0, -1))]).toEqual([false, true]);
});
