import { Injectable } from '@nestjs/common';
import { BenefitTransferred } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, Mongo } from '@tidegate/mongo';
import { Clock, ServiceEnv } from '@tidegate/service';
import { acceptGift, giftNotFound } from '../../domain/gift';
import type { Instance } from '../../domain/instance';
import { TakerLimits } from '../../granting/taker-limits';
import { GiftRepository } from '../../repositories/gift.repository';
import { InstanceRepository } from '../../repositories/instance.repository';
import { LedgerRepository } from '../../repositories/ledger.repository';
import { StockCatalogue } from '../../repositories/stock-catalogue';
import type { AcceptGiftInput } from './accept-gift.request';

/** Takes a gift, once: the benefit and its value change hands, and the receiver's limit counts it. */
@Injectable()
export class AcceptGiftUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly gifts: GiftRepository,
    private readonly ledger: LedgerRepository,
    private readonly limits: TakerLimits,
    private readonly catalogue: StockCatalogue,
    private readonly clock: Clock,
    private readonly env: ServiceEnv,
  ) {}

  /** @throws GIFT_NOT_FOUND, GIFT_TAKEN, GIFT_CANCELLED, GIFT_EXPIRED, GIFT_TO_SELF, CUSTOMER_LIMIT_REACHED, PERSON_LIMIT_REACHED */
  async execute({ requestId, ...input }: AcceptGiftInput): Promise<Instance> {
    return this.mongo.once({ scope: `accept-gift|${input.customerId}`, requestId, input }, async (tx) => {
      const now = this.clock.now();
      const gift = await this.gifts.find(input.giftId, tx);
      const before = gift && (await this.instances.find(gift.instanceId, tx));
      if (!gift || !before) throw giftNotFound();
      const key = Buffer.from(this.env.keys.codeSigning, 'base64');
      const accepted = acceptGift({ gift, instance: before }, { ...input, key, now });
      const takers = await this.limits.open([{ stockId: gift.stockId, customerId: input.customerId }], tx);
      takers.take(await this.catalogue.get(gift.stockId), input.customerId);
      await this.limits.save(takers, tx);
      await this.instances.saveMany([accepted.instance], tx);
      await this.instances.addMany([accepted.received], tx);
      await this.gifts.save(accepted.gift, tx);
      await this.ledger.addMany([accepted.ledgerTransaction], tx);
      const { giftId, instanceId, stockId, fromCustomerId } = gift;
      const transferred = {
        giftId,
        instanceId,
        stockId,
        fromCustomerId,
        toCustomerId: input.customerId,
        transferredAt: now,
        receivedInstanceId: accepted.received.instanceId,
      };
      tx.emit(event(BenefitTransferred, instanceId, transferred));
      return accepted.received;
    });
  }
}
