import { notFound } from '@tidegate/errors';
import type { Defined } from '../../definitions/domain/definition';
import type { RewardTerms } from '../../granting/domain/reward-terms';

export const MAKE_UP_CARD = 'make_up_card';

/** What a day of the streak brings. */
export interface StreakReward {
  /** From 1, inside the cycle. */
  streakDay: number;
  reward: RewardTerms;
}

/** The rules of a sign-in programme 签到; see sign_in.proto. */
export interface SignInTerms {
  timeZone: string;
  /** Rewards start again after so many days of a streak; 0 for never. */
  cycleDays: number;
  streakRewards: StreakReward[];
  /** Make-up cards 补签卡 every customer has anew each month. */
  cardsPerMonth: number;
  /** How many days back a day can be made up; 0 for never. */
  makeUpDaysMax: number;
}

export type SignInProgramme = Defined<SignInTerms>;

/** What the days of a streak that were just reached bring, in order. */
export function rewardsOf({ cycleDays, streakRewards }: SignInTerms, reachedDays: readonly number[]): RewardTerms[] {
  return reachedDays.flatMap((reached) => {
    const inCycle = cycleDays > 0 ? ((reached - 1) % cycleDays) + 1 : reached;
    return streakRewards.filter(({ streakDay }) => streakDay === inCycle).map(({ reward }) => reward);
  });
}

export const programmeNotOpen = () => notFound('PROGRAMME_NOT_OPEN', 'There is no such programme now.');
