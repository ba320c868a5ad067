import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import type { OwedReward } from '../../../granting/domain/owed-reward';
import { OwedRewardRepository } from '../../../granting/repositories/owed-reward.repository';
import { foundTodayTogether } from '../../domain/hunt-claim';
import { PersonRepository } from '../../../repositories/person.repository';
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

/** What a person has found in a hunt, under whichever of his profiles, and what it brought. */
@Injectable()
export class GetHuntProgressUseCase {
  constructor(
    private readonly hunts: HuntsDesk,
    private readonly repository: HuntRepository,
    private readonly rewards: OwedRewardRepository,
    private readonly persons: PersonRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws HUNT_NOT_OPEN */
  async execute({ huntId, customerId }: HunterInput): Promise<ShownHuntProgress> {
    const { terms } = await this.hunts.getOpen(huntId);
    const others = (await this.persons.find([customerId])).othersOf(customerId);
    const all = await this.repository.findProgress(huntId, [customerId, ...others]);
    const found = all.flatMap((progress) =>
      progress.found.map((one) => ({ ...one, rewardId: huntRewardId(huntId, one.pointId, progress.customerId) })),
    );
    const rewards = await this.rewards.findMany(found.map(({ rewardId }) => rewardId));
    return {
      huntId,
      foundPoints: found.map(({ rewardId, ...one }) => ({ ...one, reward: rewards.get(rewardId) })),
      foundTodayCount: foundTodayTogether(all, terms.timeZone, this.clock.now()),
      pointCount: terms.points.length,
    };
  }
}
