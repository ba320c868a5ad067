import { Injectable } from '@nestjs/common';
import { refused, type DomainError } from '@tidegate/errors';
import type { Transaction } from '@tidegate/mongo';
import { ClaimEffects } from './claim-effects';
import { grantedRewardId, grantRequestId } from './domain/owed-reward';
import { OwedRewardRepository } from './repositories/owed-reward.repository';

/** A reward that was refused is not granted any more: whose it was has read that he does not get it. */
@Injectable()
export class OwedRewardGrants {
  constructor(
    effects: ClaimEffects,
    private readonly rewards: OwedRewardRepository,
  ) {
    effects.onGrants(
      ({ requestId }) => grantedRewardId(requestId) !== undefined,
      (requestIds, tx) => this.findRefused(requestIds, tx),
    );
  }

  /**
   * Why some are not granted any more, by the request id they are granted under. Owed ones are touched: who refuses one meanwhile looks
   * again, and finds what was granted.
   */
  async findRefused(requestIds: readonly string[], tx: Transaction): Promise<ReadonlyMap<string, DomainError>> {
    const rewardIds = requestIds.flatMap((requestId) => grantedRewardId(requestId) ?? []);
    const found = [...(await this.rewards.findMany(rewardIds, tx)).values()];
    await this.rewards.touch(
      found.filter(({ state }) => state === 'owed'),
      tx,
    );
    const ended = found.filter(({ state }) => state === 'refused');
    return new Map(
      ended.map((owed) => [grantRequestId(owed), refused('REWARD_REFUSED', 'The reward was refused meanwhile.')]),
    );
  }
}
