import { Assignment, eachBlock, NOTHING } from './assignment';
import { explorationReserve, explore } from './explore';
import type { LimitTable } from './limit-table';
import { OpenMembers } from './open-members';
import { PricePass } from './price-pass';
import { PriceSearch, stepsNear } from './price-search';
import { rank, type Ranking } from './rank';
import { findPrices } from './find-prices';
import { serve, type Served } from './serve';
import { settle, openLead } from './settle';
import { memberCountOf, type BlockSource } from './shortlist-block';

/** Passes over the whole list to make the sample's prices those of the list. */
const PASSES = 14;
/** Members that are weighed against each other one by one at the end. */
const OPEN_MAX = 65_536;
const OPEN_PASSES = 60;

export interface AllocateInput {
  source: BlockSource;
  table: LimitTable;
  /** Prices of the limits that the shortlists were made at. */
  shortlistPrices: Float64Array;
  explorationBasisPoints: number;
  openMax?: number;
  /** Awaited after each pass over members held in memory, so that other work has its turn. */
  afterPass?: () => Promise<void>;
}

/** Who gets what, so that every limit keeps and the value is nearly the most there can be. */
export interface Allocation extends Ranking {
  /** Index of each member's candidate, -1 for nothing. */
  choices: Int16Array;
  /** 1 for members drawn, not ranked, into their place. */
  explored: Uint8Array;
  exploredCount: number;
  /** Of each limit. */
  used: Float64Array;
  limitPrices: Float64Array;
  /** No allocation that keeps the limits is worth more; exploration, which costs value, is not in it. */
  bound: number;
}

/**
 * Fills what is scarce by value: prices of the limits from the Lagrangian dual, everyone whose choice is plain at these prices gets it, and
 * those near a tie are served by what they are worth beyond the price, as long as every limit keeps. The same blocks give the same result.
 * Cost and bound: docs/push.md.
 */
export async function allocate(input: AllocateInput): Promise<Allocation> {
  const { source, table, shortlistPrices } = input;
  const reserve = await explorationReserve(source, table, input.explorationBasisPoints);
  const maxima = table.maxima.map((max, limit) => max - reserve[limit]!);
  const { limitPrices, bound, memberCount } = await refinePrices(source, table, shortlistPrices, maxima);
  const assignment = new Assignment(table, table.pricesOf(limitPrices), memberCount, maxima);

  const open = new OpenMembers();
  await settle(source, assignment, await openLead(source, assignment, input.openMax ?? OPEN_MAX), open);
  await serveOpen(assignment, open, limitPrices, input.afterPass);
  const drawn = await explore(source, assignment, reserve);
  await fillRest(source, assignment);

  const explored = new Uint8Array(memberCount);
  for (const member of drawn) explored[member] = 1;
  const ranking = await rank(source, assignment, limitPrices, explored);
  const { choices, used } = assignment;
  return { ...ranking, choices, explored, exploredCount: drawn.length, used, limitPrices, bound };
}

async function refinePrices(
  source: BlockSource,
  table: LimitTable,
  shortlistPrices: Float64Array,
  maxima: Float64Array,
): Promise<{ limitPrices: Float64Array; bound: number; memberCount: number }> {
  const search = new PriceSearch(maxima, shortlistPrices, stepsNear(shortlistPrices));
  let memberCount = 0;
  for (let pass = 0, isMoving = true; isMoving && pass < PASSES; pass += 1) {
    const prices = search.prices.slice();
    const dual = new PricePass(table, prices, shortlistPrices, maxima);
    memberCount = 0;
    await eachBlock(source, (block) => {
      dual.add(block);
      memberCount += memberCountOf(block);
    });
    isMoving = search.learn(dual.result());
  }
  // What is kept back for exploration could have been given by value as well.
  const bound = table.maxima.reduce(
    (sum, max, limit) => sum + search.best[limit]! * (max - maxima[limit]!),
    search.bestBound,
  );
  return { limitPrices: search.best, bound, memberCount };
}

/**
 * Weighs the open members against each other for what the plain ones left: at the list's prices and at prices found among themselves, by
 * either rule of loss. What is worth most is kept.
 */
async function serveOpen(
  assignment: Assignment,
  open: OpenMembers,
  limitPrices: Float64Array,
  afterPass?: () => Promise<void>,
): Promise<void> {
  const { table, maxima, used } = assignment;
  const block = open.toBlock();
  const left = maxima.map((max, limit) => max - used[limit]!);
  const own = await findPrices({
    table,
    maxima: left,
    blocks: [block],
    start: limitPrices,
    passes: OPEN_PASSES,
    afterPass,
  });
  let best: Served | undefined;
  for (const prices of [limitPrices, own]) {
    for (const rule of ['all', 'lead'] as const) {
      const served = serve({ table, block, maxima, used, prices: table.pricesOf(prices) }, rule);
      if (best === undefined || served.value > best.value) best = served;
      await afterPass?.();
    }
  }
  best?.choices.forEach((choice, at) => {
    if (choice !== NOTHING) assignment.give(open.memberAt(at), choice);
  });
}

/** Gives what is left, if anything, to whoever can still use it; there is something only where money does not come out even. */
async function fillRest(source: BlockSource, assignment: Assignment): Promise<void> {
  const { table, used, maxima, prices } = assignment;
  const hasRoom = prices.some((price, candidate) => price > 0 && table.hasRoom(candidate, used, maxima));
  if (!hasRoom) return;
  await eachBlock(source, (block, first) => {
    for (let member = 0; member < memberCountOf(block); member += 1) {
      if (!assignment.isFree(first + member)) continue;
      const entry = assignment.bestLeft(block, member);
      if (entry >= 0) assignment.give(first + member, block.candidates[entry]!);
    }
  });
}
