import type { MonthCounts, ProductivityRow, RowRef } from './productivity';

/** Fans won less lost of one row in each month. */
export interface FanTotal extends Omit<RowRef, 'month'> {
  /** By ISO month. */
  changes: Readonly<Record<string, number>>;
}

/** Who follows at the end of a month: all who were won less all who were lost up to then, and never fewer than nobody. */
export function fansAt({ changes }: Pick<FanTotal, 'changes'>, month: string): number {
  const past = Object.entries(changes).filter(([each]) => each <= month);
  return Math.max(
    0,
    past.reduce((sum, [, change]) => sum + change, 0),
  );
}

/** The rows of a month with their fans; what has fans has a row, also when nothing happened there in the month. */
export function withFans(
  rows: readonly (RowRef & MonthCounts)[],
  totals: readonly FanTotal[],
  month: string,
): ProductivityRow[] {
  const fans = new Map(totals.map((total) => [total.key, fansAt(total, month)]));
  const known = new Set(rows.map(({ key }) => key));
  const quiet = totals
    .filter(({ key }) => !known.has(key) && fans.get(key) !== 0)
    .map(({ changes: _changes, ...unit }) => ({ ...unit, month, ...NOTHING }));
  return [...rows, ...quiet].map((row) => ({ ...row, fanCount: fans.get(row.key) ?? 0 }));
}

const NOTHING: MonthCounts = { customerCount: 0, activeMerchantCount: 0, transactionCount: 0, redemptionCount: 0 };
