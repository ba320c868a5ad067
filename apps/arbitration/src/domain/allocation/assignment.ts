import type { LimitTable } from './limit-table';
import { memberCountOf, type BlockSource, type ShortlistBlock } from './shortlist-block';
import { drawnScore } from './worth';

export const NOTHING = -1;

/** Who has what so far, and what that uses. Members are numbered over all blocks. */
export class Assignment {
  readonly choices: Int16Array;
  readonly used: Float64Array;

  constructor(
    readonly table: LimitTable,
    /** What each candidate costs at the prices in force. */
    readonly prices: Float64Array,
    memberCount: number,
    /** Limits to keep; those of the table, or less while a part is kept back. */
    public maxima: Float64Array,
  ) {
    this.choices = new Int16Array(memberCount).fill(NOTHING);
    this.used = new Float64Array(table.maxima.length);
  }

  isFree(member: number): boolean {
    return this.choices[member] === NOTHING;
  }

  /** Gives the candidate to a member that has nothing, if every limit keeps. */
  give(member: number, candidate: number): boolean {
    if (!this.table.hasRoom(candidate, this.used, this.maxima)) return false;
    this.table.take(candidate, this.used);
    this.choices[member] = candidate;
    return true;
  }

  /** The entry that is worth most to a member of what keeps every limit; -1 when nothing does. */
  bestLeft(block: ShortlistBlock, member: number): number {
    let best = -1;
    for (let at = block.starts[member]!; at < block.starts[member + 1]!; at += 1) {
      if (best >= 0 && this.worthAt(block, member, at) <= this.worthAt(block, member, best)) continue;
      if (this.table.hasRoom(block.candidates[at]!, this.used, this.maxima)) best = at;
    }
    return best;
  }

  /** What the entry of a block is worth beyond its price. */
  worthAt(block: ShortlistBlock, member: number, at: number): number {
    return drawnScore(block.scores[at]!, block.draws[member]!) - this.prices[block.candidates[at]!]!;
  }
}

/** Visits every block with the number of its first member. */
export async function eachBlock(
  source: BlockSource,
  visit: (block: ShortlistBlock, first: number, index: number) => void,
): Promise<void> {
  let first = 0;
  for (let index = 0; index < source.blockCount; index += 1) {
    const block = await source.read(index);
    visit(block, first, index);
    first += memberCountOf(block);
  }
}
