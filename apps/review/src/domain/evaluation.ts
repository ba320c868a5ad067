import type { EvaluationPlan } from '@tidegate/contracts/campaigns/v1/campaigns';
import { effectOf, type Effect, type EffectInput } from './effect';

export type Verdict = 'too_few' | 'unknown' | 'reached' | 'missed' | 'open';

export interface Evaluation {
  verdict: Verdict;
  /** Difference of the rates. */
  expectedLift: number;
  isReviewDue: boolean;
  /** Customers whose window is not over yet: the verdict leaves them out. */
  unripeCount: number;
  explanation: string;
}

const BASIS_POINTS = 10_000;

/**
 * What the plan makes of those whose window is over: nothing is said of groups that are smaller than planned, and what was expected is reached, or
 * missed, when the whole interval says so. Who was drawn later may still succeed.
 */
export function evaluate(
  plan: EvaluationPlan,
  { all, ripe }: { all: EffectInput; ripe: EffectInput },
  now: Date,
): Evaluation {
  const { treated, control } = ripe;
  const expectedLift = plan.expectedLiftBasisPoints / BASIS_POINTS;
  const isReviewDue = plan.reviewAt !== undefined && plan.reviewAt <= now;
  const unripeCount = sizeOf(all) - sizeOf(ripe);
  const isSmall = Math.min(treated.count, control.count) < plan.minGroupSize;
  const verdict = isSmall ? 'too_few' : verdictOf(effectOf(ripe), expectedLift);
  const wanted = `a lift of ${plan.expectedLiftBasisPoints / 100} points of "${plan.successOutcome}" within ${plan.windowDays} days, of those whose days are over,`;
  const unripe =
    unripeCount > 0 ? ` Of ${unripeCount} more customers the ${plan.windowDays} days are not over yet.` : '';
  const due = isReviewDue ? ' The review is due.' : '';
  const said: Record<Verdict, string> = {
    too_few: `The plan wants ${plan.minGroupSize} customers in each group whose ${plan.windowDays} days are over; there are ${treated.count} treated and ${control.count} of the control group.`,
    unknown: 'The facts cannot show a lift yet.',
    reached: `The plan's ${wanted} is reached: all of the interval is at or above it.`,
    missed: `The plan's ${wanted} is missed: all of the interval is below it.`,
    open: `Whether the plan's ${wanted} is reached is open: the interval holds it.`,
  };
  return { verdict, expectedLift, isReviewDue, unripeCount, explanation: `${said[verdict]}${unripe}${due}` };
}

const sizeOf = ({ treated, control }: EffectInput): number => treated.count + control.count;

function verdictOf({ hasLift, ciLow, ciHigh }: Effect, expectedLift: number): Verdict {
  if (!hasLift) return 'unknown';
  if (ciLow >= expectedLift) return 'reached';
  return ciHigh < expectedLift ? 'missed' : 'open';
}
