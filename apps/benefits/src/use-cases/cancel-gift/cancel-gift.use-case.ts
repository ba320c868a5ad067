import { Injectable } from '@nestjs/common';
import { BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { giftNotFound, requireOpenGift, returnGift } from '../../domain/gift';
import type { Instance } from '../../domain/instance';
import { stateChanged } from '../../domain/state-changed';
import { GiftRepository } from '../../repositories/gift.repository';
import { InstanceRepository } from '../../repositories/instance.repository';
import { LedgerRepository } from '../../repositories/ledger.repository';
import type { CancelGiftInput } from './cancel-gift.request';

/** Takes an offered gift back into the wallet. */
@Injectable()
export class CancelGiftUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly gifts: GiftRepository,
    private readonly ledger: LedgerRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws GIFT_NOT_FOUND, GIFT_TAKEN, GIFT_CANCELLED, GIFT_EXPIRED */
  async execute({ requestId, ...input }: CancelGiftInput): Promise<Instance> {
    return this.mongo.once({ scope: `cancel-gift|${input.customerId}`, requestId, input }, async (tx) => {
      const now = this.clock.now();
      const gift = await this.gifts.find(input.giftId, tx);
      if (gift?.fromCustomerId !== input.customerId) throw giftNotFound();
      requireOpenGift(gift, now);
      const before = await this.instances.getOwn(gift.instanceId, input.customerId, tx);
      const returned = returnGift({ gift, instance: before }, { state: 'cancelled', now });
      const { instance } = returned;
      await this.instances.saveMany([instance], tx);
      await this.gifts.save(returned.gift, tx);
      await this.ledger.addMany([returned.ledgerTransaction], tx);
      tx.emit(event(BenefitStateChanged, instance.instanceId, stateChanged(before, instance, 'gift_returned', now)));
      return instance;
    });
  }
}
