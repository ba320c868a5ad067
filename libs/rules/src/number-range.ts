import type { Condition } from './rule';

const MAX = Number.MAX_VALUE;

export type NumberRange = readonly [from: number, to: number];

/** The numbers that satisfy a comparison with numbers, both ends among them; null of every other condition. An infinity counts as missing. */
export function rangeOf({ op, value }: Condition): NumberRange | null {
  if (op === 'between') {
    const [from, to] = value;
    return typeof from === 'number' && typeof to === 'number' ? [Math.max(from, -MAX), Math.min(to, MAX)] : null;
  }
  if (typeof value !== 'number') return null;
  switch (op) {
    case 'lt':
      return [-MAX, below(value)];
    case 'lte':
      return [-MAX, Math.min(value, MAX)];
    case 'gt':
      return [-below(-value), MAX];
    case 'gte':
      return [Math.max(value, -MAX), MAX];
    default:
      return null;
  }
}

const bits = new BigInt64Array(1);
const double = new Float64Array(bits.buffer);

/** The greatest number below a finite one. */
function below(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  double[0] = value;
  bits[0]! += value > 0 ? -1n : 1n;
  return double[0];
}
