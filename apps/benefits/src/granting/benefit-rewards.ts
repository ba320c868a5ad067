import { Injectable } from '@nestjs/common';
import { BenefitGranter } from './benefit-granter';
import { OwedRewardWorker } from './owed-reward.worker';

/** Grants the rewards that are benefits out of their stocks. */
@Injectable()
export class BenefitRewards {
  constructor(worker: OwedRewardWorker, granter: BenefitGranter) {
    worker.on('benefit', async ({ reward, customerId, cause }, requestId) => {
      if (reward.kind !== 'benefit') throw new Error(`a reward of kind ${reward.kind} is no benefit`);
      return (await granter.grant({ requestId, stockId: reward.stockId, customerId, cause })).instanceId;
    });
  }
}
