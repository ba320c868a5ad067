import { Injectable } from '@nestjs/common';
import { BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { notFound } from '@tidegate/errors';
import { event, Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { requireOpen } from '../../domain/hold';
import { moveInstance, type Instance } from '../../domain/instance';
import { stateChanged } from '../../domain/state-changed';
import { HoldRepository } from '../../repositories/hold.repository';
import { InstanceRepository } from '../../repositories/instance.repository';
import type { HoldMoveInput } from '../commit-hold/commit-hold.request';

/** Voids a hold: the benefit is available again. */
@Injectable()
export class VoidHoldUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly holds: HoldRepository,
    private readonly instances: InstanceRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws HOLD_NOT_FOUND, HOLD_COMMITTED, HOLD_VOIDED (by another request), HOLD_TIMED_OUT */
  async execute({ requestId, ...input }: HoldMoveInput): Promise<Instance> {
    return this.mongo.once({ scope: `void-hold|${input.merchantId}`, requestId, input }, async (tx) => {
      const now = this.clock.now();
      const hold = await this.holds.find(input.holdId, tx);
      const before = hold && (await this.instances.find(hold.instanceId, tx));
      if (!before || hold.merchantId !== input.merchantId) throw notFound('HOLD_NOT_FOUND', 'There is no such hold.');
      requireOpen(hold, now);
      const instance = moveInstance(before, 'void');
      await this.instances.saveMany([instance], tx);
      await this.holds.saveState({ ...hold, state: 'voided' }, tx);
      tx.emit(event(BenefitStateChanged, instance.instanceId, stateChanged(before, instance, 'void', now)));
      return instance;
    });
  }
}
