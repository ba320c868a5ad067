import { DomainError, refused } from '@tidegate/errors';

/** aum 规模, customers 客户, fee_income 中收. */
export const GOAL_KINDS = ['aum', 'customers', 'fee_income'] as const;
export type GoalKind = (typeof GOAL_KINDS)[number];

/** What a strategy is to bring to an organisation, as somebody set it. */
export interface GoalTerms {
  goalId: string;
  name: string;
  strategyId: string;
  /** The organisation whose customers count. */
  orgPath: string;
  kind: GoalKind;
  /** Minor units of `currency`, or customers. */
  targetAmount: number;
  currency: string;
  startsAt: Date;
  endsAt: Date;
  successOutcome: string;
  factType: string;
}

/** A goal 目标 and what its members have brought so far. */
export interface Goal extends GoalTerms {
  version: number;
  achievedAmount: number;
  memberCount: number;
  updatedAt: Date;
}

/** A customer whom the strategy has treated since the goal began. */
export interface GoalMember {
  goalId: string;
  customerId: string;
  joinedAt: Date;
  /** When the strategy treated the customer; null where only the outcome has been heard of yet. */
  treatedAt: Date | null;
  baselineMinor: number;
  currentMinor: number;
  /** Version of the customer that `currentMinor` is of: older news change nothing. */
  customerVersion: number;
  feeMinor: number;
  isSuccess: boolean;
  /** Decisions that treated the customer, those that were retracted 撤回 taken off, in whichever order they were told of; absent in members of before. */
  treatedCount?: number;
  /** Whether arbitration told that anything came of one of them; absent for no. */
  hasOutcome?: boolean;
}

/** Whether a member counts: the strategy treats the customer, or something came of it. One whose every decision was retracted is kept, and does not. */
export const isCounted = ({ treatedCount, hasOutcome }: GoalMember): boolean =>
  treatedCount === undefined || treatedCount > 0 || hasOutcome === true;

const BASIS_POINTS = 10_000;
/** A new goal may begin that long ago: what a caller meant by now. */
const START_GRACE_MS = 60_000;

/**
 * @param readVersion the version that was read; 0 for a new one
 * @throws VERSION_CONFLICT, GOAL_FIXED when what its count stands on would change, GOAL_STARTS_IN_PAST: what happened before a goal was
 * set is not counted, so a new one begins now or later
 */
export function writeGoal(current: Goal | null, terms: GoalTerms, readVersion: number, now: Date): Goal {
  const version = current?.version ?? 0;
  if (readVersion !== version) {
    throw new DomainError({
      code: 'ABORTED',
      reason: 'VERSION_CONFLICT',
      message: 'The goal was changed by somebody else since it was read.',
      metadata: { version: String(version) },
    });
  }
  if (current !== null) requireSame(current, terms);
  else if (terms.startsAt.getTime() < now.getTime() - START_GRACE_MS) {
    throw refused('GOAL_STARTS_IN_PAST', 'A goal counts from when it is set: let it start now or later.');
  }
  const { achievedAmount = 0, memberCount = 0 } = current ?? {};
  return { ...terms, version: version + 1, achievedAmount, memberCount, updatedAt: now };
}

function requireSame(current: Goal, terms: GoalTerms): void {
  const fixed = ['strategyId', 'orgPath', 'kind', 'currency', 'successOutcome', 'factType'] as const;
  const changed = fixed.find((field) => current[field] !== terms[field]);
  const field = changed ?? (current.startsAt.getTime() === terms.startsAt.getTime() ? undefined : 'startsAt');
  if (field === undefined) return;
  throw refused('GOAL_FIXED', `The ${field} of a goal cannot change; make another goal.`, { field });
}

export const isRunning = ({ startsAt, endsAt }: Goal, at: Date): boolean => startsAt <= at && at < endsAt;

/** What one member has brought. */
export function contributionOf(kind: GoalKind, member: GoalMember): number {
  if (!isCounted(member)) return 0;
  if (kind === 'customers') return member.isSuccess ? 1 : 0;
  return kind === 'fee_income' ? member.feeMinor : member.currentMinor - member.baselineMinor;
}

/** The goal after some of its members have moved. `before` is null for one that is new. */
export function withMoves(
  goal: Goal,
  moves: readonly { before: GoalMember | null; after: GoalMember }[],
  now: Date,
): Goal {
  let { achievedAmount, memberCount } = goal;
  for (const { before, after } of moves) {
    memberCount += Number(isCounted(after)) - Number(before !== null && isCounted(before));
    achievedAmount += contributionOf(goal.kind, after) - (before === null ? 0 : contributionOf(goal.kind, before));
  }
  return { ...goal, achievedAmount, memberCount, updatedAt: now };
}

/** How far a goal is, and how far an even pace would be. */
export function progressOf(goal: Goal, now: Date): { progressBasisPoints: number; expectedAmount: number } {
  const { targetAmount, achievedAmount, startsAt, endsAt } = goal;
  const passed = (now.getTime() - startsAt.getTime()) / (endsAt.getTime() - startsAt.getTime());
  return {
    progressBasisPoints: Math.round((achievedAmount / targetAmount) * BASIS_POINTS),
    expectedAmount: Math.round(targetAmount * Math.min(1, Math.max(0, passed))),
  };
}
