import { isWellFormed } from './rule-value';
import type { RuleScalar } from './rule';

/** An identifier in double quotes, whatever it holds. */
export const sqlIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * A string literal. In DuckDB a quoted string knows one escape, the doubled quote, so doubling it is enough.
 * NUL and lone surrogates, which SQL text cannot carry, are refused when a rule is parsed; here they are a fault of ours.
 */
export function sqlString(text: string): string {
  if (text.includes('\0') || !isWellFormed(text)) throw new TypeError('This text cannot be an SQL literal.');
  return `'${text.replaceAll("'", "''")}'`;
}

/** A number literal that DuckDB reads as the very same double. A bare fraction would be a DECIMAL. */
export function sqlNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('This number cannot be an SQL literal.');
  return Number.isSafeInteger(value) ? String(value) : `'${value}'::DOUBLE`;
}

export function sqlScalar(value: RuleScalar): string {
  if (typeof value === 'string') return sqlString(value);
  return typeof value === 'number' ? sqlNumber(value) : String(value).toUpperCase();
}
