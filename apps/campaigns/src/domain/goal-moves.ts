import type { CustomerFacts } from './customer-facts';
import type { GoalMember, GoalTerms } from './goal';

/**
 * Something that happened to a customer of a strategy, or to a customer alone. A fact that names no currency is in the goal's. An outcome that a
 * fact tells is a bank system's word: it makes nobody a member.
 */
export type GoalNews =
  | { kind: 'treated'; strategyId: string; customerId: string; at: Date }
  | { kind: 'retracted'; strategyId: string; customerId: string; at: Date }
  | { kind: 'outcome'; strategyId: string; customerId: string; outcome: string; at: Date }
  | { kind: 'outcome_fact'; strategyId: string; customerId: string; outcome: string; at: Date }
  | { kind: 'balance'; customer: CustomerFacts; at: Date }
  | { kind: 'fact'; customerId: string; factType: string; amountMinor: number; currency: string; at: Date };

/** Told of what did not take place. */
const RELEASED = 'released';

export const balanceOf = ({ attributes }: Pick<CustomerFacts, 'attributes'>): number | null => {
  const { balanceMinor } = attributes;
  return typeof balanceMinor === 'number' && Number.isSafeInteger(balanceMinor) ? balanceMinor : null;
};

/** A new member; its balance counts from here on. */
export const joinGoal = (goalId: string, customer: CustomerFacts, at: Date): GoalMember => {
  const balance = balanceOf(customer) ?? 0;
  return {
    goalId,
    customerId: customer.customerId,
    joinedAt: at,
    treatedAt: null,
    baselineMinor: balance,
    currentMinor: balance,
    customerVersion: customer.version,
    feeMinor: 0,
    isSuccess: false,
    treatedCount: 0,
    hasOutcome: false,
  };
};

/** Whoever was treated belongs to it since the earliest word of that. */
const joinedBy = (member: GoalMember, at: Date): GoalMember =>
  at < member.joinedAt ? { ...member, joinedAt: at } : member;

/** Of a member of before decisions were counted nobody knows how many there are. */
const counted = (member: GoalMember, count: number): GoalMember =>
  member.treatedCount === undefined ? member : { ...member, treatedCount: member.treatedCount + count };

/** The member after the news, or the same member where they do not concern it. */
export function hear(
  member: GoalMember,
  news: GoalNews,
  goal: Pick<GoalTerms, 'strategyId' | 'successOutcome' | 'factType' | 'currency'>,
): GoalMember {
  switch (news.kind) {
    case 'treated': {
      const joined = joinedBy(counted(member, 1), news.at);
      const isFirst = member.treatedAt === null || news.at < member.treatedAt;
      return isFirst ? { ...joined, treatedAt: news.at } : joined;
    }
    case 'retracted':
      return joinedBy(counted(member, -1), news.at);
    case 'outcome': {
      const isNews = news.outcome !== RELEASED && member.hasOutcome !== true;
      const heard = isNews ? { ...member, hasOutcome: true } : member;
      const joined = joinedBy(heard, news.at);
      return news.outcome === goal.successOutcome && !member.isSuccess ? { ...joined, isSuccess: true } : joined;
    }
    case 'outcome_fact': {
      const isOfGoal = news.strategyId === goal.strategyId && news.outcome === goal.successOutcome;
      const isMeant = isOfGoal && news.at >= member.joinedAt;
      return isMeant && !member.isSuccess ? { ...member, isSuccess: true } : member;
    }
    case 'balance': {
      const balance = balanceOf(news.customer);
      const isOld = news.customer.version <= member.customerVersion;
      if (isOld || balance === null) return member;
      return { ...member, currentMinor: balance, customerVersion: news.customer.version };
    }
    case 'fact': {
      const isOfCurrency = news.currency === '' || news.currency === goal.currency;
      const isMeant = isOfCurrency && news.factType === goal.factType && news.at >= member.joinedAt;
      return isMeant ? { ...member, feeMinor: member.feeMinor + news.amountMinor } : member;
    }
  }
}
