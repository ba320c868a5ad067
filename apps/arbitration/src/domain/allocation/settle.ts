import { eachBlock, type Assignment } from './assignment';
import type { OpenMembers } from './open-members';
import { memberCountOf, type BlockSource, type ShortlistBlock } from './shortlist-block';
import { drawnScore, TIE_SHARE } from './worth';

/** What is worth most to one member, and by how much. */
interface Preference {
  /** -1 when nothing is worth its price. */
  best: number;
  /** Lead over the second best, which may be nothing at all. */
  lead: number;
  /** Score of the best entry, 0 without any. */
  score: number;
}

/** The lead below which at most `openMax` members stay open; Infinity when all may. */
export async function openLead(source: BlockSource, assignment: Assignment, openMax: number): Promise<number> {
  const count = assignment.choices.length;
  if (count <= openMax) return Infinity;
  const leads = new Float32Array(count);
  const preference: Preference = { best: -1, lead: 0, score: 0 };
  await eachBlock(source, (block, first) => {
    for (let member = 0; member < memberCountOf(block); member += 1) {
      prefer(block, member, assignment, preference);
      leads[first + member] = preference.lead;
    }
  });
  leads.sort();
  return leads[openMax]!;
}

/**
 * Gives what they want to all whose choice is plain at the prices, and keeps the others: those for whom two choices are worth nearly the
 * same, and those for whom no room was left.
 */
export async function settle(
  source: BlockSource,
  assignment: Assignment,
  lead: number,
  open: OpenMembers,
): Promise<void> {
  const preference: Preference = { best: -1, lead: 0, score: 0 };
  await eachBlock(source, (block, first) => {
    for (let member = 0; member < memberCountOf(block); member += 1) {
      if (block.starts[member] === block.starts[member + 1]) continue;
      prefer(block, member, assignment, preference);
      const isPlain = preference.lead > lead && preference.lead > preference.score * TIE_SHARE;
      if (isPlain && (preference.best < 0 || assignment.give(first + member, preference.best))) continue;
      open.add(block, member, first + member);
    }
  });
}

function prefer(block: ShortlistBlock, member: number, assignment: Assignment, into: Preference): void {
  let most = -Infinity;
  let second = -Infinity;
  into.best = -1;
  into.score = 0;
  const draw = block.draws[member]!;
  for (let at = block.starts[member]!; at < block.starts[member + 1]!; at += 1) {
    const candidate = block.candidates[at]!;
    const worth = drawnScore(block.scores[at]!, draw) - assignment.prices[candidate]!;
    if (worth <= most) {
      if (worth > second) second = worth;
      continue;
    }
    second = most;
    most = worth;
    into.best = candidate;
    into.score = block.scores[at]!;
  }
  // Nothing at all is worth 0, and may be the best or the second.
  into.lead = most > 0 ? most - Math.max(0, second) : -most;
  if (most <= 0) into.best = -1;
}
