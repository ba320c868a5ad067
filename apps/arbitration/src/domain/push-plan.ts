import type { SlotScore } from './models/slot-score';
import { seededRandom, stableHash } from './stable-hash';

/** A member of the list after the funnel, before anything is taken. */
export interface ScoredMember {
  customerId: string;
  /** Best candidate that passed every rule; null when none did. */
  best: { score: number; queue: string; slot: string } | null;
  /** What the models said, kept so that the decision is made on what it was ranked by. */
  scores: SlotScore[];
}

/** What the plan says of one member. */
export interface PlannedMember {
  customerId: string;
  /** From 1; 0 for those that did not reach the ranking. */
  rank: number;
  isSelected: boolean;
  isExploration: boolean;
  /** Of its best candidate; 1 without a model, 0 for those that did not reach the ranking. */
  championPropensity: number;
  shadowPropensity: number;
  scores: SlotScore[];
}

export interface PushPlan {
  /** The order in which members are decided: selected first, by rank; then the rest, by rank; then those that did not pass. */
  members: PlannedMember[];
  /** Units that each queue may get from this push. */
  plannedByQueue: Record<string, number>;
}

const BASIS_POINTS = 10_000;

/**
 * Fills each queue's free units: all but the exploration share by rank, the exploration share uniformly at random among the rest, so that
 * the models also learn of those they think little of. Members that need no queue are all selected. The same push id and scores give the
 * same plan.
 */
export function planPush(
  pushId: string,
  scored: readonly ScoredMember[],
  freeByQueue: ReadonlyMap<string, number>,
  explorationBasisPoints: number,
): PushPlan {
  const ranked = rankMembers(pushId, scored);
  const selected = new Map<ScoredMember, { isExploration: boolean }>();
  const random = seededRandom(`push|${pushId}`);
  for (const [queue, members] of groupByQueue(ranked)) {
    if (queue === '') for (const member of members) selected.set(member, { isExploration: false });
    else selectScarce(members, freeByQueue.get(queue) ?? 0, explorationBasisPoints, random, selected);
  }
  const planned = ranked.map((member, index) => toPlanned(member, index + 1, selected.get(member)));
  const stopped = scored.filter(({ best }) => best === null).map((member) => toPlanned(member, 0, undefined));
  const members = [
    ...planned.filter(({ isSelected }) => isSelected),
    ...planned.filter(({ isSelected }) => !isSelected),
    ...stopped,
  ];
  return { members, plannedByQueue: Object.fromEntries(freeByQueue) };
}

/** By score; equal scores by a draw that favours nobody and never changes. */
function rankMembers(pushId: string, scored: readonly ScoredMember[]): ScoredMember[] {
  const draws = new Map(scored.map(({ customerId }) => [customerId, stableHash(`${pushId}|${customerId}`)]));
  const drawOf = ({ customerId }: ScoredMember): number => draws.get(customerId) ?? 0;
  return scored
    .filter(({ best }) => best !== null)
    .sort((left, right) => (right.best?.score ?? 0) - (left.best?.score ?? 0) || drawOf(left) - drawOf(right));
}

function selectScarce(
  members: readonly ScoredMember[],
  freeUnits: number,
  explorationBasisPoints: number,
  random: () => number,
  selected: Map<ScoredMember, { isExploration: boolean }>,
): void {
  const units = Math.min(Math.max(0, freeUnits), members.length);
  const explored = Math.round((units * explorationBasisPoints) / BASIS_POINTS);
  for (const member of members.slice(0, units - explored)) selected.set(member, { isExploration: false });
  // The first places of a shuffle (Fisher and Yates) are a uniform draw without repetition.
  const rest = members.slice(units - explored);
  for (let place = 0; place < explored; place += 1) {
    const drawn = place + Math.floor(random() * (rest.length - place));
    const [one, other] = [rest[place], rest[drawn]];
    if (one === undefined || other === undefined) break;
    [rest[place], rest[drawn]] = [other, one];
    selected.set(other, { isExploration: true });
  }
}

function groupByQueue(members: readonly ScoredMember[]): Map<string, ScoredMember[]> {
  const groups = new Map<string, ScoredMember[]>();
  for (const member of members) {
    const queue = member.best?.queue ?? '';
    const group = groups.get(queue);
    if (group === undefined) groups.set(queue, [member]);
    else group.push(member);
  }
  return groups;
}

function toPlanned(
  { customerId, best, scores }: ScoredMember,
  rank: number,
  selection: { isExploration: boolean } | undefined,
): PlannedMember {
  const score = scores.find(({ slot }) => slot === best?.slot);
  return {
    customerId,
    rank,
    isSelected: selection !== undefined,
    isExploration: selection?.isExploration ?? false,
    championPropensity: best === null ? 0 : (score?.champion ?? 1),
    shadowPropensity: best === null ? 0 : (score?.shadow ?? 0),
    scores,
  };
}
