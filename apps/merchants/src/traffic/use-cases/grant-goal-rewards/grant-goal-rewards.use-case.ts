import { Inject, Injectable } from '@nestjs/common';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../../benefits-client';

/** What a customer who reached a visit goal is given. */
export interface GoalReward {
  reachId: string;
  customerId: string;
  stockId: string;
}

/** Claims of one round that are under way at once. */
const AT_ONCE = 16;

/**
 * Claims the rewards of reached goals for their customers. The request id is made of the reach, so that a repeat gives the
 * first answer and nobody is given two.
 */
@Injectable()
export class GrantGoalRewardsUseCase {
  constructor(@Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient) {}

  /** @throws those of BenefitsService.ClaimBenefit: one that stays refused ends among the dead letters, to be seen to */
  async execute(rewards: readonly GoalReward[]): Promise<void> {
    for (let at = 0; at < rewards.length; at += AT_ONCE) {
      const claims = rewards.slice(at, at + AT_ONCE).map(({ reachId, customerId, stockId }) => {
        const requestId = `visit-goal-${reachId}`;
        return this.benefits.claimBenefit({ requestId, stockId, customerId, decisionId: '' });
      });
      await Promise.all(claims);
    }
  }
}
