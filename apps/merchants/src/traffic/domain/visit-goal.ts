import { addDays } from '../../domain/opening-hours';
import type { VisitGoal } from './traffic-plan';

/** How far a customer is in one goal of one plan. */
export interface GoalState {
  /** Times it was reached. */
  reachedCount: number;
  lastReachedAt: Date | null;
}

/** How far a person is whose profiles stand so: each profile's part is its own. */
export const together = (states: readonly GoalState[]): GoalState => ({
  reachedCount: states.reduce((sum, { reachedCount }) => sum + reachedCount, 0),
  lastReachedAt: states.reduce<Date | null>(
    (last, { lastReachedAt: at }) => (at && (!last || at > last) ? at : last),
    null,
  ),
});

export const NEVER_REACHED: GoalState = { reachedCount: 0, lastReachedAt: null };

/** A counted visit, as far as goals care. */
export interface VisitDay {
  businessDate: string;
  placeId: string;
  visitedAt: Date;
}

/** The first business date that still counts towards a goal. */
export const windowStart = ({ withinDays }: VisitGoal, today: string): string => addDays(today, 1 - withinDays);

/**
 * Visits that count towards the next time: inside the window, and not used for the last time it was reached. Two profiles that came to a
 * place on one day before they were found to be of one person came once.
 */
export function countTowards(goal: VisitGoal, state: GoalState, visits: readonly VisitDay[], today: string): number {
  const from = windowStart(goal, today);
  const counted = visits.filter(
    ({ businessDate, visitedAt }) =>
      businessDate >= from &&
      businessDate <= today &&
      (state.lastReachedAt === null || visitedAt > state.lastReachedAt),
  );
  return new Set(counted.map(({ businessDate, placeId }) => `${businessDate}|${placeId}`)).size;
}

/**
 * Whether the newest of the visits, which are those of all profiles of the person, reached the goal, and how the goal stands after it for
 * the profile that came; `others` are the states of his other profiles.
 */
export function reachGoal(
  goal: VisitGoal,
  state: GoalState,
  visits: readonly VisitDay[],
  { today, now, others = [] }: { today: string; now: Date; others?: readonly GoalState[] },
): { isReached: boolean; state: GoalState } {
  if (countTowards(goal, together([state, ...others]), visits, today) < goal.visitCount)
    return { isReached: false, state };
  return { isReached: true, state: { reachedCount: state.reachedCount + 1, lastReachedAt: now } };
}
