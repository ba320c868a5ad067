import type { RewardTerms } from '../../granting/domain/reward-terms';

/** How a stock may be shared. */
export interface ShareTerms {
  linkValidSeconds: number;
  linksPerCustomerMax: number;
  /** What the sharer earns for each new claimer. */
  sharerReward: RewardTerms | undefined;
  /** Rewards of one sharer at most. */
  sharerRewardsMax: number;
}

/** Of a shareable stock that says nothing else. */
export const SHARE_TERMS_DEFAULT: ShareTerms = {
  linkValidSeconds: 7 * 24 * 3600,
  linksPerCustomerMax: 20,
  sharerReward: undefined,
  sharerRewardsMax: 0,
};
