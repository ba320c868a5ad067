import type { ValueKind } from './rule-field';

/** Whether the text has no lone surrogate; DuckDB, as UTF-8, could not hold one. */
export function isWellFormed(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if ((unit & 0xf800) !== 0xd800) continue;
    if (unit >= 0xdc00) return false;
    const next = text.charCodeAt(++i);
    if ((next & 0xfc00) !== 0xdc00) return false;
  }
  return true;
}

/** The kind of a value that a rule can compare, or null when it counts as missing. */
export function kindOfValue(value: unknown): ValueKind | null {
  if (typeof value === 'string') return isWellFormed(value) ? 'str' : null;
  if (typeof value === 'number') return Number.isFinite(value) ? 'num' : null;
  return typeof value === 'boolean' ? 'bool' : null;
}

// UTF-16 puts astral characters (surrogates) below U+E000..U+FFFF; moving both ranges gives the order of code points.
const codePointRank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

/** Order by code point, which is the order of UTF-8 bytes; negative, zero or positive. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return codePointRank(left) - codePointRank(right);
  }
  return a.length - b.length;
}

const SCALE = 10_000;

/** The value in ten-thousandths, rounded half up: the unit in which sums are exact. The SQL of a sum does the same arithmetic. */
export const toTenThousandths = (value: number): number => Math.floor(value * SCALE + 0.5);
