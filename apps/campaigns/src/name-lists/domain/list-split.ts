import { nextAdjustment, withJob } from './list-job';
import type { NameList } from './name-list';
import { NO_COUNTS, totalOf, type SplitCounts } from './placement';
import { NOTHING, openOf, PEOPLE_MAX, type Holding, type Receiver, type SplitPlan } from './split-plan';
import type { Team } from './team';

/** How a list is split, as it stands. */
export interface ListSplit {
  listId: string;
  plan: SplitPlan;
  receivers: Receiver[];
  holdings: Holding[];
  /** Of the last whole pass. */
  counts: SplitCounts;
  /** Of the pass that goes on. */
  passCounts: SplitCounts;
  splitAt: Date;
  /** Adjustments so far. */
  round: number;
  adjustment: Adjustment | null;
  /** Its untouched members count as the load of their people. */
  isActive: boolean;
}

/** One periodic adjustment 定期任务调整. */
export interface Adjustment {
  round: number;
  startedAt: Date;
  finishedAt: Date | null;
  touchedCount: number;
  recalledCount: number;
  givenCount: number;
}

export const startSplit = (listId: string, plan: SplitPlan, now: Date): ListSplit => ({
  listId,
  plan,
  receivers: [],
  holdings: [],
  counts: NO_COUNTS,
  passCounts: NO_COUNTS,
  splitAt: now,
  round: 0,
  adjustment: null,
  isActive: true,
});

/** The split with who takes part, before the first member is placed. */
export const withReceivers = (split: ListSplit, receivers: Receiver[]): ListSplit => ({
  ...split,
  receivers,
  holdings: receivers.map(() => NOTHING),
});

/**
 * The split with the next adjustment begun: capacities are those of now, by what people have of other lists. Whoever joined a team takes part from now
 * on; who left all of them is marked, so that his untouched members are recalled.
 * @param people of the plan's teams now, whatever has become of them; somebody of two teams counts as one of that by which he takes part
 */
export function beginAdjustment(split: ListSplit, people: readonly Receiver[], now: Date): ListSplit {
  const capacities = new Map(people.map(({ id, capacity }) => [id, capacity]));
  const inTeam = new Map(people.map(({ id, teamId, capacity }) => [`${teamId}|${id}`, capacity]));
  const capacityOf = ({ id, teamId }: Receiver): number => inTeam.get(`${teamId}|${id}`) ?? capacities.get(id) ?? 0;
  const inTeams = new Set(people.map(({ id }) => id));
  const known = split.receivers.map((each) => ({
    ...each,
    capacity: capacityOf(each),
    hasLeft: !inTeams.has(each.id),
  }));
  const joined = newcomersOf(split.receivers, people);
  const round = split.round + 1;
  const none = { touchedCount: 0, recalledCount: 0, givenCount: 0 };
  return {
    ...split,
    // Placements name receivers by their place: whoever joined comes last, and nobody is dropped.
    receivers: [...known, ...joined],
    holdings: [...split.receivers.map((_, i) => split.holdings[i] ?? NOTHING), ...joined.map(() => NOTHING)],
    round,
    adjustment: { round, startedAt: now, finishedAt: null, ...none },
  };
}

/** People of the teams, in the order of their ids, who take no part yet, each once, as far as there is room. */
function newcomersOf(receivers: readonly Receiver[], people: readonly Receiver[]): Receiver[] {
  const known = new Set(receivers.map(({ id }) => id));
  const joined = people.filter(({ id }, i) => !known.has(id) && people[i - 1]?.id !== id);
  return joined.slice(0, Math.max(0, PEOPLE_MAX - receivers.length));
}

/** Receivers whose untouched members are recalled at once. */
export const leaversOf = ({ receivers }: Pick<ListSplit, 'receivers'>): ReadonlySet<number> =>
  new Set(receivers.flatMap(({ hasLeft }, i) => (hasLeft === true ? [i] : [])));

/** The split at the end of a pass. */
export const endPass = (split: ListSplit): ListSplit => ({
  ...split,
  counts: split.passCounts,
  passCounts: NO_COUNTS,
});

export const placedCountOf = (split: ListSplit): number => totalOf(split.counts.placedByRelation);

/** Whose load the split may change: the people of its teams now, and those who have members of it from before. */
export const personIdsOf = ({ receivers }: Pick<ListSplit, 'receivers'>, teams: readonly Team[]): string[] => [
  ...new Set([
    ...teams.flatMap(({ people }) => people.map(({ agentId }) => agentId)),
    ...receivers.map(({ id }) => id),
  ]),
];

/** Untouched members by person. */
export function loadsOf(splits: readonly ListSplit[]): Map<string, number> {
  const loads = new Map<string, number>();
  for (const { receivers, holdings } of splits) {
    receivers.forEach(({ id }, i) => loads.set(id, (loads.get(id) ?? 0) + openOf(holdings[i] ?? NOTHING)));
  }
  return loads;
}

/** A dispatched list with its next adjustment to be done: the touched are marked, the late recalled, then placed by each relation. */
export const withAdjustment = (list: NameList, { plan }: ListSplit, jobId: string, now: Date): NameList => ({
  ...withJob(list, 'adjust', jobId, 1 + plan.relations.length),
  nextAdjustmentAt: nextAdjustment(plan.recallAfterDays, now),
});
