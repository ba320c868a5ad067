import type { GoalMember } from './goal';
import { hear, type GoalNews } from './goal-moves';

export type FeeNews = Extract<GoalNews, { kind: 'fact' }>;

/** Of one customer: whoever has more in the time that decisions are late by is counted from the newest. */
export const FEES_KEPT_MAX = 50;

/** What is kept of a customer's fees after more have been heard of: the newest, in the order in which they were heard. */
export const keepFees = (kept: readonly FeeNews[], heard: readonly FeeNews[]): FeeNews[] =>
  [...kept, ...heard].slice(-FEES_KEPT_MAX);

/**
 * The member with the fees that were heard of too early to count: before anything was known of a member, or while it was thought to
 * have joined later.
 * @param before the member as it was; null for a new one
 * @param fees those of the customer that were heard of
 */
export function catchUp(
  before: GoalMember | null,
  after: GoalMember,
  fees: readonly FeeNews[],
  goal: Parameters<typeof hear>[2],
): GoalMember {
  const missed = fees.filter(({ at }) => before === null || at < before.joinedAt);
  return missed.reduce((member, news) => hear(member, news, goal), after);
}

export const hasJoinedEarlier = (before: GoalMember | null, after: GoalMember): boolean =>
  before === null || after.joinedAt < before.joinedAt;
