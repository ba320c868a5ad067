import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { requireOpen } from '../../domain/hold';
import type { Redemption } from '../../domain/redemption';
import { HoldRepository } from '../../repositories/hold.repository';
import { InstanceRepository } from '../../repositories/instance.repository';
import { Till } from '../../repositories/till';
import type { HoldMoveInput } from './commit-hold.request';

/** Commits a hold: the benefit is redeemed. */
@Injectable()
export class CommitHoldUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly holds: HoldRepository,
    private readonly instances: InstanceRepository,
    private readonly till: Till,
    private readonly clock: Clock,
  ) {}

  /** @throws HOLD_NOT_FOUND, HOLD_COMMITTED (by another request), HOLD_VOIDED, HOLD_TIMED_OUT */
  async execute({ requestId, ...input }: HoldMoveInput): Promise<Redemption> {
    return this.mongo.once({ scope: `commit-hold|${input.merchantId}`, requestId, input }, async (tx) => {
      const hold = await this.holds.find(input.holdId, tx);
      const instance = hold && (await this.instances.find(hold.instanceId, tx));
      if (!instance || hold.merchantId !== input.merchantId) throw notFound('HOLD_NOT_FOUND', 'There is no such hold.');
      requireOpen(hold, this.clock.now());
      return this.till.redeem(hold, instance, tx);
    });
  }
}
