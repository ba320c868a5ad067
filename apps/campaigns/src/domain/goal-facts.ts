import { isRunning, type Goal, type GoalMember } from './goal';
import { hear, type GoalNews } from './goal-moves';

export type FeeNews = Extract<GoalNews, { kind: 'fact' }>;
export type OutcomeFactNews = Extract<GoalNews, { kind: 'outcome_fact' }>;
/** What a fact says, which counts for those alone whom the strategy has treated by then. */
export type FactNews = FeeNews | OutcomeFactNews;

/** Of one customer, of each of both: whoever has more in the time that decisions are late by is counted from the newest. */
export const FACTS_KEPT_MAX = 50;

/** What was heard of one customer lately, in the order in which it was heard. */
export interface KeptFacts {
  fees: FeeNews[];
  outcomes: OutcomeFactNews[];
}

/** What is kept after more has been heard: the newest; an outcome that is told again is the same. */
export function keepFacts(kept: KeptFacts, heard: readonly FactNews[]): KeptFacts {
  const fees = [...kept.fees, ...heard.filter((one) => one.kind === 'fact')];
  const outcomes = [...kept.outcomes];
  for (const one of heard) {
    if (one.kind === 'outcome_fact' && !outcomes.some((known) => isSameOutcome(known, one))) outcomes.push(one);
  }
  return { fees: fees.slice(-FACTS_KEPT_MAX), outcomes: outcomes.slice(-FACTS_KEPT_MAX) };
}

const isSameOutcome = (a: OutcomeFactNews, b: OutcomeFactNews): boolean =>
  a.strategyId === b.strategyId && a.outcome === b.outcome && a.at.getTime() === b.at.getTime();

/** Whether the goal counts what such a fact says, of its members. */
export const isAskedFor = (goal: Goal, fact: FactNews): boolean =>
  isRunning(goal, fact.at) &&
  (fact.kind === 'fact'
    ? goal.factType === fact.factType
    : goal.strategyId === fact.strategyId && goal.successOutcome === fact.outcome);

/**
 * The member with the facts that were heard of too early to count: before anything was known of a member, or while it was thought to
 * have joined later.
 * @param before the member as it was; null for a new one
 * @param facts those of the customer that were heard of
 */
export function catchUp(
  before: GoalMember | null,
  after: GoalMember,
  facts: readonly FactNews[],
  goal: Parameters<typeof hear>[2],
): GoalMember {
  const missed = facts.filter(({ at }) => before === null || at < before.joinedAt);
  return missed.reduce((member, news) => hear(member, news, goal), after);
}

export const hasJoinedEarlier = (before: GoalMember | null, after: GoalMember): boolean =>
  before === null || after.joinedAt < before.joinedAt;
