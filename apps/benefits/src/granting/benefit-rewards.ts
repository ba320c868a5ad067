import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { InstanceRepository } from '../repositories/instance.repository';
import { BenefitGranter, grantedIdOf } from './benefit-granter';
import { grantRequestId, type OwedReward } from './domain/owed-reward';
import { OwedRewardWorker } from './owed-reward.worker';

/** Grants the rewards that are benefits out of their stocks. */
@Injectable()
export class BenefitRewards {
  constructor(
    worker: OwedRewardWorker,
    granter: BenefitGranter,
    private readonly instances: InstanceRepository,
  ) {
    const grant = async ({ reward, customerId, cause }: OwedReward, requestId: string): Promise<string> => {
      if (reward.kind !== 'benefit') throw new Error(`a reward of kind ${reward.kind} is no benefit`);
      return (await granter.grant({ requestId, stockId: reward.stockId, customerId, cause })).instanceId;
    };
    worker.on('benefit', grant, (owed, tx) => this.findGranted(owed, tx));
  }

  private async findGranted(owed: readonly OwedReward[], tx: Transaction): Promise<ReadonlyMap<string, string>> {
    const idOf = (each: OwedReward): string => grantedIdOf({ ...each, requestId: grantRequestId(each) });
    const found = await this.instances.findMany(owed.map(idOf), tx);
    const granted = owed.filter((each) => found.has(idOf(each)));
    return new Map(granted.map((each) => [each.rewardId, idOf(each)]));
  }
}
