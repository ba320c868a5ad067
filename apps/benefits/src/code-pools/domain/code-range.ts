/** Places of a pool's codes one after the other, in the order of import: the first is meant, the last is not. */
export interface CodeRange {
  from: number;
  to: number;
}

/** The same places as few ranges apart from each other, in order. */
export function joinRanges(ranges: readonly CodeRange[]): CodeRange[] {
  const joined: CodeRange[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    if (from >= to) continue;
    const last = joined.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** Those of the places that lie within a range. */
export const clipRanges = (ranges: readonly CodeRange[], { from, to }: CodeRange): CodeRange[] =>
  ranges
    .map((range) => ({ from: Math.max(range.from, from), to: Math.min(range.to, to) }))
    .filter((range) => range.from < range.to);

/** How many places they are, of ranges apart from each other. */
export const rangesSize = (ranges: readonly CodeRange[]): number =>
  ranges.reduce((sum, { from, to }) => sum + to - from, 0);
