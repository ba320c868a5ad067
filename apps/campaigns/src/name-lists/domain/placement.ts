import { isControl, type ListMember } from './list-member';
import type { SplitBoard, UnplacedReason } from './split-board';
import type { SplitPlan } from './split-plan';

/** Who has a passed member of a split list 派分. */
export interface Placement {
  /** Index of the receiver; -1 for nobody. */
  receiver: number;
  /** The relation by which he was placed. */
  relation: string;
  /** Why nobody has him. */
  reason: UnplacedReason | '';
  placedAtMs: number;
  /** 0 for not yet. */
  touchedAtMs: number;
  /** Who had him before and did not touch him. */
  recalledFrom: number[];
  /** Recalled in the adjustment that is going on. */
  isMoving: boolean;
}

/** What a pass over a list counted. */
export interface SplitCounts {
  placedByRelation: Record<string, number>;
  unplacedByReason: Record<string, number>;
}

const DAY_MS = 86_400_000;
export const NO_COUNTS: SplitCounts = { placedByRelation: {}, unplacedByReason: {} };

const unplaced = (): Placement => ({
  receiver: -1,
  relation: '',
  reason: 'NO_RELATION',
  placedAtMs: 0,
  touchedAtMs: 0,
  recalledFrom: [],
  isMoving: false,
});

/** Members of a chunk before anybody has them: null for those who did not pass. */
export const newPlacements = (members: readonly ListMember[]): (Placement | null)[] =>
  members.map(({ reason }) => (reason === '' ? unplaced() : null));

/**
 * Places those whom nobody has yet by one relation. The reason kept is the first that was more than having no relation.
 * @param isAgain only whom somebody had before: the others of a dispatched list were not dispatched
 */
export function placeMembers(
  board: SplitBoard,
  relation: string,
  rows: readonly { member: ListMember; placement: Placement | null }[],
  { now, isAgain }: { now: Date; isAgain: boolean },
): (Placement | null)[] {
  return rows.map(({ member, placement }) => {
    if (placement === null || placement.receiver >= 0 || placement.reason === 'ROUNDS_USED_UP') return placement;
    if (isAgain && placement.recalledFrom.length === 0) return placement;
    const found = board.place(member, relation, placement.recalledFrom);
    if (typeof found === 'number') {
      return { ...placement, receiver: found, relation, reason: '', placedAtMs: now.getTime() };
    }
    return placement.reason === 'NO_RELATION' ? { ...placement, reason: found } : placement;
  });
}

/** What is known of contacts with a customer. */
export interface Touch {
  touchedAtMs: number;
}

interface RecallTerms {
  now: Date;
  /** Contacts before it are of another list. */
  touchesSinceMs: number;
  /** The days count from there at the earliest. */
  dispatchedAtMs: number;
  /** Receivers who have left. */
  leavers?: ReadonlySet<number>;
}

const NOBODY: ReadonlySet<number> = new Set();

/** Marks who was touched, and takes those away who were not within the plan's days, of whoever left at once. */
export function recallMembers(
  board: SplitBoard,
  plan: SplitPlan,
  rows: readonly { placement: Placement | null; touch: Touch | undefined }[],
  { now, touchesSinceMs, dispatchedAtMs, leavers = NOBODY }: RecallTerms,
): { placements: (Placement | null)[]; touchedCount: number; recalledCount: number } {
  let [touchedCount, recalledCount] = [0, 0];
  const placements = rows.map(({ placement, touch }) => {
    if (placement === null || placement.receiver < 0 || placement.touchedAtMs > 0) return placement;
    if (touch !== undefined && touch.touchedAtMs >= touchesSinceMs) {
      touchedCount += 1;
      board.touch(placement.receiver);
      return { ...placement, touchedAtMs: touch.touchedAtMs };
    }
    const since = Math.max(placement.placedAtMs, dispatchedAtMs);
    const isLate = plan.recallAfterDays > 0 && since + plan.recallAfterDays * DAY_MS <= now.getTime();
    if (!isLate && !leavers.has(placement.receiver)) return placement;
    recalledCount += 1;
    board.recall(placement.receiver);
    return recalled(placement, plan.maxRounds, leavers);
  });
  return { placements, touchedCount, recalledCount };
}

/** Whoever left used up no round: he could not have touched him. */
function recalled(placement: Placement, maxRounds: number, leavers: ReadonlySet<number>): Placement {
  const recalledFrom = [...placement.recalledFrom, placement.receiver];
  const isLast = recalledFrom.filter((receiver) => !leavers.has(receiver)).length >= maxRounds;
  return {
    ...placement,
    receiver: -1,
    relation: '',
    reason: isLast ? 'ROUNDS_USED_UP' : 'NO_RELATION',
    placedAtMs: 0,
    recalledFrom,
    isMoving: true,
  };
}

/** Adds up what a chunk came to. */
export function withCounts(counts: SplitCounts, placements: readonly (Placement | null)[]): SplitCounts {
  const placedByRelation = { ...counts.placedByRelation };
  const unplacedByReason = { ...counts.unplacedByReason };
  for (const placement of placements) {
    if (placement === null) continue;
    const [tally, key] =
      placement.receiver >= 0 ? [placedByRelation, placement.relation] : [unplacedByReason, placement.reason];
    tally[key] = (tally[key] ?? 0) + 1;
  }
  return { placedByRelation, unplacedByReason };
}

/** Whether a member was taken from somebody and given to another from a moment on. */
export const isGivenSince = (placement: Placement | null | undefined, since: Date): boolean =>
  placement !== null &&
  placement !== undefined &&
  placement.receiver >= 0 &&
  placement.recalledFrom.length > 0 &&
  placement.placedAtMs >= since.getTime();

/** Whether a member of a split list is dispatched: somebody has him, or he is of the control group. */
export const isDispatched = (member: ListMember, placement: Placement | null | undefined): boolean =>
  isControl(member.reason) || (placement !== null && placement !== undefined && placement.receiver >= 0);

export const totalOf = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
