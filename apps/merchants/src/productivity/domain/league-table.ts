import { FIELD_OF, type Measure, type ProductivityRow } from './productivity';

/** A row with its place. */
export type RankedRow = ProductivityRow & {
  /** 1 for the best; equal values share a rank, and the next one is as much lower. */
  rank: number;
};

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
