import { createHash } from 'node:crypto';
import { conditionTest } from './condition-test';
import { boundOf, COUNTED_MAX, type EventCounter } from './event-counter';
import { highPart, lowPart, sumTest } from './exact-sum';
import { windowMs } from './predicate-events';
import type { EventsCondition } from './rule';
import type { EventSeries } from './rule-customer';
import { toTenThousandths } from './rule-value';

/** A fact as a series keeps it. */
export interface CountedFact {
  atMs: number;
  /** Of the fact's id. */
  hash: number;
  value: number;
}

const STRIDE = 3;
/** Facts stay so long beyond their window, so that a clock that is behind still finds them. */
const SPARE_MS = 3_600_000;

/** Of a customer without such facts. */
export const NO_FACTS: EventSeries = Float64Array.of(-Infinity);

/** 53 bits of the fact's id, to know it again. */
export const factHash = (factId: string): number => {
  const digest = createHash('sha256').update(factId).digest();
  return digest.readUInt32BE(0) * 2 ** 21 + (digest.readUInt32BE(4) >>> 11);
};

/** The series with these facts, and without those that no window after `nowMs` needs; the same one when nothing is new. */
export function addFacts(
  series: EventSeries,
  added: readonly CountedFact[],
  { windowDays, keptMax }: EventCounter,
  nowMs: number,
): EventSeries {
  const held = factsOf(series);
  const known = new Set(held.map(nameOf));
  const fresh = added.filter((fact) => !known.has(nameOf(fact)) && known.add(nameOf(fact)));
  if (fresh.length === 0) return series;
  const all = [...held, ...fresh].sort((left, right) => left.atMs - right.atMs || left.hash - right.hash);
  const oldestMs = nowMs - windowMs(windowDays) - SPARE_MS;
  const past = all.filter(({ atMs }) => atMs > oldestMs && atMs <= nowMs).slice(-keptMax);
  // A fact may bear a moment that is yet to come. It must not push out what counts today.
  const ahead = all.filter(({ atMs }) => atMs > nowMs).slice(-COUNTED_MAX);
  const kept = new Set([...past, ...ahead]);
  const leftOut = all.reduce((newest, fact) => (kept.has(fact) ? newest : Math.max(newest, fact.atMs)), -Infinity);
  const facts = all.filter((fact) => kept.has(fact));
  return Float64Array.of(
    Math.max(series[0] as number, leftOut),
    ...facts.flatMap(({ atMs, hash, value }) => [atMs, hash, value]),
  );
}

/** The facts of a series, oldest first. */
export const factsOf = (series: EventSeries): CountedFact[] =>
  Array.from({ length: (series.length - 1) / STRIDE }, (_, i) => ({
    atMs: series[1 + i * STRIDE] as number,
    hash: series[2 + i * STRIDE] as number,
    value: series[3 + i * STRIDE] as number,
  }));

const nameOf = ({ atMs, hash }: CountedFact): string => `${atMs}|${hash}`;

/** Answers an events condition from the series of its counter, exactly as from the facts. */
export interface SeriesTest {
  /** Whether the series holds enough to answer: the window whole, or more facts than the condition tells apart. */
  isKnown(series: EventSeries, nowMs: number): boolean;
  /** True only of what is known. */
  accepts(series: EventSeries, nowMs: number): boolean;
  /** The count or sum in the window, as far as it is kept. */
  measure(series: EventSeries, nowMs: number): number;
}

export function seriesTest(condition: EventsCondition): SeriesTest {
  const lengthMs = windowMs(condition.windowDays);
  const isWhole = (series: EventSeries, nowMs: number): boolean => (series[0] as number) <= nowMs - lengthMs;
  const sumOf = (series: EventSeries, nowMs: number) => windowSum(series, nowMs - lengthMs, nowMs);
  const countIn = (series: EventSeries, nowMs: number): number => sumOf(series, nowMs).count;
  if ('count' in condition) {
    const isCount = conditionTest(condition.count);
    const bound = boundOf(condition.count);
    return {
      isKnown: (series, nowMs) => isWhole(series, nowMs) || countIn(series, nowMs) > bound,
      accepts: (series, nowMs) => isCount(countIn(series, nowMs)),
      measure: countIn,
    };
  }
  const isSum = sumTest(condition.sum);
  return {
    isKnown: isWhole,
    accepts: (series, nowMs) => {
      const { high, low } = sumOf(series, nowMs);
      return isSum(high, low);
    },
    measure: (series, nowMs) => {
      const { high, low } = sumOf(series, nowMs);
      return (high * 2 ** 33 + low) / 10_000;
    },
  };
}

function windowSum(
  series: EventSeries,
  afterMs: number,
  untilMs: number,
): { count: number; high: number; low: number } {
  let [count, high, low] = [0, 0, 0];
  for (let i = 1; i < series.length; i += STRIDE) {
    const atMs = series[i] as number;
    if (atMs <= afterMs || atMs > untilMs) continue;
    const units = toTenThousandths(series[i + 2] as number);
    count += 1;
    high += highPart(units);
    low += lowPart(units);
  }
  return { count, high, low };
}
