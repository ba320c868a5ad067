import { Injectable } from '@nestjs/common';
import { BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, Mongo } from '@tidegate/mongo';
import { Clock, newId, ServiceEnv } from '@tidegate/service';
import { giftToken, offerGift, type Gift } from '../../domain/gift';
import { stateChanged } from '../../domain/state-changed';
import { GiftRepository } from '../../repositories/gift.repository';
import { InstanceRepository } from '../../repositories/instance.repository';
import { LedgerRepository } from '../../repositories/ledger.repository';
import type { OfferGiftInput } from './offer-gift.request';

/** Puts a benefit on its way as a gift 转送. */
@Injectable()
export class OfferGiftUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly gifts: GiftRepository,
    private readonly ledger: LedgerRepository,
    private readonly clock: Clock,
    private readonly env: ServiceEnv,
  ) {}

  /** @throws INSTANCE_NOT_FOUND, INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED, NOT_TRANSFERABLE */
  async execute({ requestId, ...input }: OfferGiftInput): Promise<{ gift: Gift; token: string }> {
    const gift = await this.mongo.once({ scope: `offer-gift|${input.customerId}`, requestId, input }, async (tx) => {
      const now = this.clock.now();
      const before = await this.instances.getOwn(input.instanceId, input.customerId, tx);
      const offered = offerGift(before, newId(), now);
      await this.instances.saveMany([offered.instance], tx);
      await this.gifts.add(offered.gift, tx);
      await this.ledger.addMany([offered.ledgerTransaction], tx);
      const change = stateChanged(before, offered.instance, 'gift_offered', now);
      tx.emit(event(BenefitStateChanged, before.instanceId, change));
      return offered.gift;
    });
    return { gift, token: giftToken(gift.giftId, Buffer.from(this.env.keys.codeSigning, 'base64')) };
  }
}
