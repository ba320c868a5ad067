import { Injectable } from '@nestjs/common';
import { decodeTimeToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { CustomerPageInput } from '../../../definitions/definition.request';
import { OwedRewardRepository } from '../../repositories/owed-reward.repository';
import { toShownReward, type ShownReward } from '../../shown-reward';

/** One customer's rewards, newest first. */
@Injectable()
export class ListRewardsUseCase {
  constructor(private readonly rewards: OwedRewardRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(page: CustomerPageInput): Promise<{ rewards: ShownReward[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const token = decodeTimeToken(page.pageToken);
    const after = token && { createdAt: token.at, rewardId: token.id };
    const found = await this.rewards.listOfCustomer(page.customerId, limit, after);
    const last = found.length === limit ? found.at(-1) : undefined;
    return {
      rewards: found.map(toShownReward),
      nextPageToken: last ? encodePageToken([last.createdAt.toISOString(), last.rewardId]) : '',
    };
  }
}
