import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import type { OwedReward } from '../../../granting/domain/owed-reward';
import { OwedRewardRepository } from '../../../granting/repositories/owed-reward.repository';
import { emptyProgress, foundToday } from '../../domain/hunt-claim';
import { huntRewardId } from '../../domain/hunt-reward';
import { HuntsDesk } from '../../hunts-desk';
import { HuntRepository } from '../../repositories/hunt.repository';
import type { HunterInput } from '../issue-hunt-challenge/issue-hunt-challenge.request';

export interface ShownHuntProgress {
  huntId: string;
  foundPoints: { pointId: string; foundAt: Date; reward: OwedReward | undefined }[];
  foundTodayCount: number;
  pointCount: number;
}

/** What a customer has found in a hunt, and what it brought. */
@Injectable()
export class GetHuntProgressUseCase {
  constructor(
    private readonly hunts: HuntsDesk,
    private readonly repository: HuntRepository,
    private readonly rewards: OwedRewardRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws HUNT_NOT_OPEN */
  async execute({ huntId, customerId }: HunterInput): Promise<ShownHuntProgress> {
    const { terms } = await this.hunts.getOpen(huntId);
    const progress = (await this.repository.findProgress(huntId, customerId)) ?? emptyProgress(huntId, customerId);
    const rewardId = (pointId: string): string => huntRewardId(huntId, pointId, customerId);
    const rewards = await this.rewards.findMany(progress.found.map(({ pointId }) => rewardId(pointId)));
    return {
      huntId,
      foundPoints: progress.found.map((found) => ({ ...found, reward: rewards.get(rewardId(found.pointId)) })),
      foundTodayCount: foundToday(progress, terms.timeZone, this.clock.now()),
      pointCount: terms.points.length,
    };
  }
}
