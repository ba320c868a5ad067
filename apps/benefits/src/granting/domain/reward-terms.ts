import type { Reward } from './owed-reward';

/** A reward as the terms of a programme, plan or mission name it. */
export interface RewardTerms {
  kind: string;
  /** For points. */
  points: number;
  /** For points: they live to the end of the month so many months on. */
  pointsValidMonths: number;
  /** For a benefit. */
  stockId: string;
}

/** What is owed by such terms, in the name of an organisation and by the calendar of a zone. */
export function toReward(terms: RewardTerms, { orgPath, timeZone }: { orgPath: string; timeZone: string }): Reward {
  if (terms.kind === 'benefit') return { kind: 'benefit', stockId: terms.stockId };
  return { kind: 'points', points: terms.points, validMonths: terms.pointsValidMonths, orgPath, timeZone };
}

/** The other way round, for those who read it. */
export const toRewardTerms = (reward: Reward): RewardTerms =>
  reward.kind === 'benefit'
    ? { kind: reward.kind, points: 0, pointsValidMonths: 0, stockId: reward.stockId }
    : { kind: reward.kind, points: reward.points, pointsValidMonths: reward.validMonths, stockId: '' };
