import type { Allocation } from './allocation/allocate';
import type { LimitTable } from './allocation/limit-table';

/** What the plan says of the members of one block, in their order. */
export interface PlanBlock {
  /** Index of the planned candidate; -1 for nothing. */
  choices: Int16Array;
  /** From 1; 0 for those that did not reach the ranking. */
  ranks: Uint32Array;
  /** 1 for members that were drawn, not ranked, into the plan. */
  explored: Uint8Array;
  /** Index of the limit that is worth more for others; -1 for none. */
  lostTo: Int16Array;
}

/** What the push keeps of its plan. */
export interface PushPlan {
  rankedCount: number;
  plannedCount: number;
  /** Unplanned members up to this rank are decided before the rest, so that what is left behind goes by rank. */
  standbyRankMax: number;
  value: number;
  bound: number;
  /** By limit, what is kept for planned members who are not decided yet; absent in pushes of before it was. */
  kept?: number[];
}

/** Places on standby for so many hundredths of those planned, and some more. */
const STANDBY_PERCENT = 5;
const STANDBY_MIN = 200;

export function summaryOf(allocation: Allocation, table: LimitTable): PushPlan {
  const { choices, rankedCount, value, bound } = allocation;
  const plannedCount = choices.reduce((sum, choice) => sum + (choice < 0 ? 0 : 1), 0);
  const standbyRankMax = plannedCount + STANDBY_MIN + Math.ceil((plannedCount * STANDBY_PERCENT) / 100);
  const kept = new Float64Array(table.limits.length);
  for (const choice of choices) if (choice >= 0) table.take(choice, kept);
  return { rankedCount, plannedCount, standbyRankMax, value, bound, kept: [...kept] };
}

/** The part of the plan from one member on. */
export const planBlockOf = (allocation: Allocation, first: number, count: number): PlanBlock => ({
  choices: allocation.choices.slice(first, first + count),
  ranks: allocation.ranks.slice(first, first + count),
  explored: allocation.explored.slice(first, first + count),
  lostTo: allocation.lostTo.slice(first, first + count),
});

/** The order in which members are decided: those planned, those next in rank, all others. */
export const ROUNDS = 3;

/** The round in which a member of the block is decided. */
export function roundOf({ choices, ranks }: PlanBlock, member: number, { standbyRankMax }: PushPlan): number {
  if (choices[member]! >= 0) return 0;
  const rank = ranks[member]!;
  return rank > 0 && rank <= standbyRankMax ? 1 : 2;
}

/** More than a block has members. */
const ORDERS_PER_BLOCK = 10_000;

/** Place of a member that did not reach the ranking among the decisions of its push: after all ranked ones, as they were listed. */
export const unrankedOrder = ({ rankedCount }: Pick<PushPlan, 'rankedCount'>, block: number, member: number): number =>
  rankedCount + 1 + block * ORDERS_PER_BLOCK + member;

/** No decision of so many members in so many blocks has a place behind it. */
export const orderMax = (memberCount: number, blockCount: number): number =>
  unrankedOrder({ rankedCount: memberCount }, blockCount, 0);
