import { fansAt, type FanTotal } from './fan-total';
import {
  FIELD_OF,
  type Measure,
  type MonthCounts,
  type ProductivityRow,
  type RankedUnit,
  type RowRef,
} from './productivity';

/** A row with its place. */
export type RankedRow = ProductivityRow & {
  /** 1 for the best; equal values share a rank, and the next one is as much lower. */
  rank: number;
};

/**
 * The table of a month: a row for every unit there is, with nothing where nothing happened, and none for what is no unit. Its fans
 * are those at the end of the month.
 */
export function tableOf(
  units: readonly RankedUnit[],
  counts: readonly (RowRef & MonthCounts)[],
  totals: readonly FanTotal[],
  month: string,
): ProductivityRow[] {
  const counted = new Map(counts.map((row) => [row.key, row]));
  const fans = new Map(totals.map((total) => [total.key, total]));
  return units.map(({ kind, key, orgPath }) => {
    const total = fans.get(key);
    const { customerCount, activeMerchantCount, transactionCount, redemptionCount } = counted.get(key) ?? NOTHING;
    const row = { month, kind, key, orgPath, customerCount, activeMerchantCount, transactionCount, redemptionCount };
    return { ...row, fanCount: total ? fansAt(total, month) : 0 };
  });
}

/** Best first; of equals, in order of key. */
export function rank(rows: readonly ProductivityRow[], measure: Measure): RankedRow[] {
  const field = FIELD_OF[measure];
  const sorted = [...rows].sort((left, right) => right[field] - left[field] || (left.key < right.key ? -1 : 1));
  const ranked: RankedRow[] = [];
  for (const [index, row] of sorted.entries()) {
    const before = ranked.at(-1);
    ranked.push({ ...row, rank: before && before[field] === row[field] ? before.rank : index + 1 });
  }
  return ranked;
}

const NOTHING: MonthCounts = { customerCount: 0, activeMerchantCount: 0, transactionCount: 0, redemptionCount: 0 };
