import type { NumberCondition } from './rule';
import { toTenThousandths } from './rule-value';

// Whole numbers are added as high * 2^33 + low with 0 <= low < 2^33. Ten-thousandths of a safe integer stay below 2^67, so
// both parts add up exactly for the first 2^19 values even when each is the largest there is.
const BASE = 2 ** 33;

export const highPart = (units: number): number => Math.floor(units / BASE);
export const lowPart = (units: number): number => units - Math.floor(units / BASE) * BASE;

/** Whether a value takes part in a sum. */
export const isSummable = (value: unknown): value is number =>
  typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER;

/** Whether the sum with these parts, in ten-thousandths, satisfies the condition. */
export type SumTest = (high: number, low: number) => boolean;

function signAgainst(bound: number): (high: number, low: number) => number {
  const units = toTenThousandths(bound);
  const boundHigh = highPart(units);
  const boundLow = lowPart(units);
  return (high, low) => {
    const carry = Math.floor(low / BASE);
    return high + carry - boundHigh || low - carry * BASE - boundLow;
  };
}

/** Compiles the condition on a sum. */
export function sumTest(condition: NumberCondition): SumTest {
  if (condition.op === 'between') {
    const fromLow = signAgainst(condition.value[0]);
    const toHigh = signAgainst(condition.value[1]);
    return (high, low) => fromLow(high, low) >= 0 && toHigh(high, low) <= 0;
  }
  const sign = signAgainst(condition.value);
  switch (condition.op) {
    case 'eq':
      return (high, low) => sign(high, low) === 0;
    case 'ne':
      return (high, low) => sign(high, low) !== 0;
    case 'lt':
      return (high, low) => sign(high, low) < 0;
    case 'lte':
      return (high, low) => sign(high, low) <= 0;
    case 'gt':
      return (high, low) => sign(high, low) > 0;
    case 'gte':
      return (high, low) => sign(high, low) >= 0;
  }
}
