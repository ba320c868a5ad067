import { eachBlock, type Assignment } from './assignment';
import type { LimitTable } from './limit-table';
import { OpenMembers } from './open-members';
import { memberCountOf, type BlockSource } from './shortlist-block';
import { secondDraw } from './worth';

const BASIS_POINTS = 10_000;
/** Drawn members that find no room are replaced by the next; so many more than places are drawn at once. */
const SPARE = 2;
const SPARE_MIN = 1_000;

/** What of each limit is kept back from the best, for a draw among the rest: the share of what can be filled. */
export async function explorationReserve(
  source: BlockSource,
  table: LimitTable,
  basisPoints: number,
): Promise<Float64Array> {
  const demand = new Float64Array(table.maxima.length);
  if (basisPoints === 0) return demand;
  const seen = new Int32Array(demand.length).fill(-1);
  await eachBlock(source, ({ starts, candidates }, first) => {
    for (let member = 0; member < starts.length - 1; member += 1) {
      for (let at = starts[member]!; at < starts[member + 1]!; at += 1) {
        table.addDemand(candidates[at]!, first + member, seen, demand);
      }
    }
  });
  return demand.map((wanted, limit) =>
    Math.round((Math.min(wanted, table.maxima[limit]!) * basisPoints) / BASIS_POINTS),
  );
}

/**
 * Gives what was kept back uniformly at random among those that have nothing, each what is worth most to it, so that the models also
 * learn of those they think little of. Returns whom it chose.
 */
export async function explore(source: BlockSource, assignment: Assignment, reserve: Float64Array): Promise<number[]> {
  assignment.maxima = assignment.table.maxima;
  const places = reserve.reduce((sum, kept) => sum + kept, 0);
  if (places === 0) return [];
  const draws = new Float64Array(assignment.choices.length).fill(2 ** 32);
  await eachBlock(source, (block, first) => {
    for (let member = 0; member < memberCountOf(block); member += 1) {
      const isRanked = block.starts[member] !== block.starts[member + 1];
      if (isRanked && assignment.isFree(first + member)) draws[first + member] = secondDraw(block.draws[member]!);
    }
  });
  // Money makes more places of a limit than members; nobody needs more than all of them.
  const drawn = Math.min(draws.length - 1, Math.ceil(places * SPARE) + SPARE_MIN);
  const last = draws.slice().sort()[drawn] ?? 2 ** 32;
  const open = new OpenMembers();
  await eachBlock(source, (block, first) => {
    for (let member = 0; member < memberCountOf(block); member += 1) {
      const draw = draws[first + member]!;
      if (draw <= last && draw < 2 ** 32) open.add(block, member, first + member);
    }
  });
  return serveInTurn(assignment, open, draws);
}

/** Serves the members in the order of their draws. */
function serveInTurn(assignment: Assignment, open: OpenMembers, draws: Float64Array): number[] {
  const block = open.toBlock();
  const drawOf = (at: number): number => draws[open.memberAt(at)]!;
  const order = Uint32Array.from({ length: memberCountOf(block) }, (_, at) => at).sort((a, b) => drawOf(a) - drawOf(b));
  const served: number[] = [];
  for (const at of order) {
    const entry = assignment.bestLeft(block, at);
    if (entry < 0) continue;
    assignment.give(open.memberAt(at), block.candidates[entry]!);
    served.push(open.memberAt(at));
  }
  return served;
}
