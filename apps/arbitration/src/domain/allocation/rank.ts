import { eachBlock, type Assignment } from './assignment';
import { memberCountOf, type BlockSource } from './shortlist-block';

/** Places of all members that have any candidate. */
export interface Ranking {
  /** From 1; 0 for those that did not reach the ranking. */
  ranks: Uint32Array;
  rankedCount: number;
  /** The limit that keeps a member from what it is worth most for; -1 for none. */
  lostTo: Int16Array;
  /** Sum of the scores of what was chosen. */
  value: number;
}

/**
 * Ranks members by what they are worth beyond the price of what they would use: those chosen by worth first, then all others. What keeps
 * a member without anything is the dearest limit of its best candidate.
 */
export async function rank(
  source: BlockSource,
  assignment: Assignment,
  limitPrices: Float64Array,
  explored: Uint8Array,
): Promise<Ranking> {
  const count = assignment.choices.length;
  const worths = new Float64Array(count).fill(-Infinity);
  const ranking: Ranking = {
    ranks: new Uint32Array(count),
    rankedCount: 0,
    lostTo: new Int16Array(count).fill(-1),
    value: 0,
  };
  await eachBlock(source, (block, first) => {
    for (let inBlock = 0; inBlock < memberCountOf(block); inBlock += 1) {
      const member = first + inBlock;
      let bestAt = -1;
      for (let at = block.starts[inBlock]!; at < block.starts[inBlock + 1]!; at += 1) {
        const worth = assignment.worthAt(block, inBlock, at);
        if (worth > worths[member]!) worths[member] = worth;
        if (bestAt < 0 || block.scores[at]! > block.scores[bestAt]!) bestAt = at;
        if (assignment.choices[member] === block.candidates[at]) ranking.value += block.scores[at]!;
      }
      if (bestAt >= 0 && assignment.isFree(member)) {
        ranking.lostTo[member] = assignment.table.dearestLimit(block.candidates[bestAt]!, limitPrices);
      }
    }
  });
  const groups: [chosen: number[], others: number[]] = [[], []];
  worths.forEach((worth, member) => {
    if (worth === -Infinity) return;
    const isChosen = !assignment.isFree(member) && explored[member] === 0;
    groups[isChosen ? 0 : 1].push(member);
  });
  for (const group of groups) {
    const order = Uint32Array.from(group).sort((a, b) => worths[b]! - worths[a]! || a - b);
    for (const member of order) ranking.ranks[member] = ranking.rankedCount += 1;
  }
  return ranking;
}
