import { addDays } from '../../domain/opening-hours';
import type { VisitGoal } from './traffic-plan';

/** How far a customer is in one goal of one plan. */
export interface GoalState {
  /** Times it was reached. */
  reachedCount: number;
  lastReachedAt: Date | null;
}

export const NEVER_REACHED: GoalState = { reachedCount: 0, lastReachedAt: null };

/** A counted visit, as far as goals care. */
export interface VisitDay {
  businessDate: string;
  visitedAt: Date;
}

/** The first business date that still counts towards a goal. */
export const windowStart = ({ withinDays }: VisitGoal, today: string): string => addDays(today, 1 - withinDays);

/** Visits that count towards the next time: inside the window, and not used for the last time it was reached. */
export function countTowards(goal: VisitGoal, state: GoalState, visits: readonly VisitDay[], today: string): number {
  const from = windowStart(goal, today);
  return visits.filter(
    ({ businessDate, visitedAt }) =>
      businessDate >= from &&
      businessDate <= today &&
      (state.lastReachedAt === null || visitedAt > state.lastReachedAt),
  ).length;
}

/** Whether the newest of the visits reached the goal, and how the goal stands after it. */
export function reachGoal(
  goal: VisitGoal,
  state: GoalState,
  visits: readonly VisitDay[],
  { today, now }: { today: string; now: Date },
): { isReached: boolean; state: GoalState } {
  if (countTowards(goal, state, visits, today) < goal.visitCount) return { isReached: false, state };
  return { isReached: true, state: { reachedCount: state.reachedCount + 1, lastReachedAt: now } };
}
