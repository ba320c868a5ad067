import type { OwedReward } from './domain/owed-reward';
import { toRewardTerms, type RewardTerms } from './domain/reward-terms';

/** What a customer sees of a reward. */
export type ShownReward = Omit<OwedReward, 'reward' | 'settledAt' | 'attemptCount' | 'nextAttemptAt'> & {
  reward: RewardTerms;
  settledAt: Date | undefined;
};

/** A reward without what only its worker needs. */
export const toShownReward = ({
  reward,
  settledAt,
  attemptCount: _attemptCount,
  nextAttemptAt: _nextAttemptAt,
  ...fields
}: OwedReward): ShownReward => ({ ...fields, reward: toRewardTerms(reward), settledAt: settledAt ?? undefined });
