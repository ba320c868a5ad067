/** How much of a rule's cap one profile used in one calendar period. */
export interface PeriodCounter {
  /** The rule, or the part of it, that is capped. */
  key: string;
  /** `YYYY-MM-DD` or `YYYY-MM`; periods of one key are of one kind. */
  period: string;
  used: number;
}

/** Periods of one key that are remembered; what comes for an older one finds its cap used up. */
export const PERIODS_HELD_MAX = 40;

/** What is left of a cap in a period; a cap of 0 is none. */
export function leftOf(counters: readonly PeriodCounter[], key: string, period: string, cap: number): number {
  if (cap === 0) return Number.MAX_SAFE_INTEGER;
  const own = counters.filter((counter) => counter.key === key);
  const found = own.find((counter) => counter.period === period);
  if (found) return Math.max(0, cap - found.used);
  const isForgotten = own.length >= PERIODS_HELD_MAX && own.every((counter) => counter.period > period);
  return isForgotten ? 0 : cap;
}

/** What is left of a cap that several counters are used under together: those of all profiles of a person. */
export function leftTogether(
  all: readonly (readonly PeriodCounter[])[],
  key: string,
  period: string,
  cap: number,
): number {
  if (cap === 0) return Number.MAX_SAFE_INTEGER;
  const used = all.reduce((sum, counters) => sum + cap - leftOf(counters, key, period, cap), 0);
  return Math.max(0, cap - used);
}

/**
 * Gives back what was used of a cap; of a forgotten period nothing. One that comes to nothing is kept, or those forgotten before it would
 * look new.
 */
export const free = (
  counters: readonly PeriodCounter[],
  key: string,
  period: string,
  amount: number,
): PeriodCounter[] =>
  counters.map((each) =>
    each.key === key && each.period === period ? { ...each, used: Math.max(0, each.used - amount) } : each,
  );

/** Uses some of a cap; the oldest period is forgotten when there are too many. */
export function use(counters: readonly PeriodCounter[], key: string, period: string, amount: number): PeriodCounter[] {
  if (amount === 0) return [...counters];
  const index = counters.findIndex((counter) => counter.key === key && counter.period === period);
  const found = counters[index];
  if (found) return counters.with(index, { ...found, used: found.used + amount });
  const own = counters.filter((counter) => counter.key === key);
  const others = counters.filter((counter) => counter.key !== key);
  const kept = [...own, { key, period, used: amount }].sort((a, b) => (a.period < b.period ? -1 : 1));
  return [...others, ...kept.slice(-PERIODS_HELD_MAX)];
}
