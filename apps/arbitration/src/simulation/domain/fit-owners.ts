import type { Allocation } from '../../domain/allocation/allocate';
import type { LimitTable } from '../../domain/allocation/limit-table';
import type { ShortlistBlock } from '../../domain/allocation/shortlist-block';
import type { Owner } from '../../domain/capacity';
import type { Candidate } from '../../domain/strategy';
import type { OwnUnits } from './own-units';
import { NOBODY } from './world';

interface Fit {
  block: ShortlistBlock;
  table: LimitTable;
  allocation: Allocation;
  candidates: readonly Candidate[];
  /** Customer → who looks after it. */
  owners: readonly Owner[];
  own: OwnUnits;
}

/**
 * The allocation as decisions would carry it out, which ask for the owner's own units: in the order of rank who was given one that his owner
 * has not loses it, and what is left goes in the same order to who would rather have it. What was drawn for somebody stays his.
 */
export function fitOwners({ block, table, allocation, candidates, owners, own }: Fit): Allocation {
  const order = [...allocation.ranks.keys()]
    .filter((member) => allocation.ranks[member]! > 0)
    .sort((left, right) => allocation.ranks[left]! - allocation.ranks[right]!);
  const choices = allocation.choices.slice();
  const used = allocation.used.slice();
  const queueOf = (candidate: number): string => candidates[candidate]?.treatment.queue ?? '';
  const refused = order.filter((member) => {
    const queue = queueOf(choices[member]!);
    return queue !== '' && !own.take(queue, owners[member]!);
  });
  const { explored } = allocation;
  if (refused.length === 0 && !explored.includes(1)) return allocation;
  for (const member of refused) {
    table.giveBack(choices[member]!, used);
    choices[member] = NOBODY;
  }
  for (const member of order) {
    const before = choices[member]!;
    if (queueOf(before) !== '' || explored[member] === 1) continue;
    const better = betterThan(before, block, member).find(
      (candidate) =>
        table.hasRoom(candidate, used) && (queueOf(candidate) === '' || own.take(queueOf(candidate), owners[member]!)),
    );
    if (better === undefined) continue;
    if (before !== NOBODY) table.giveBack(before, used);
    table.take(better, used);
    choices[member] = better;
  }
  return { ...allocation, choices, used };
}

/** The member's passing candidates that are worth more than his own, the one of the highest score first. */
function betterThan(choice: number, { starts, candidates, scores }: ShortlistBlock, member: number): number[] {
  const [from, to] = [starts[member]!, starts[member + 1]!];
  const entries = Array.from({ length: to - from }, (_, index) => from + index).sort(
    (left, right) => scores[right]! - scores[left]!,
  );
  const ranked = entries.map((at) => candidates[at]!);
  const at = ranked.indexOf(choice);
  return at < 0 ? ranked : ranked.slice(0, at);
}
