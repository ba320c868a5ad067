import { Inject, Injectable } from '@nestjs/common';
import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { toDeliveryEvents } from '../../delivery-events';
import { createDelivery, deliveryChannelOf, type DeliverySource } from '../../domain/delivery';
import { DeliveryRepository } from '../../repositories/delivery.repository';
import { CHANNEL_SENDERS, type ChannelSender, type Consignment } from '../../senders/channel-sender';

/** Makes one delivery of each decision for a digital channel, however often and in what order it is told. */
@Injectable()
export class DeliverDecisionsUseCase {
  constructor(
    private readonly deliveries: DeliveryRepository,
    @Inject(CHANNEL_SENDERS) private readonly senders: ChannelSender[],
    private readonly clock: Clock,
  ) {}

  async execute(decisions: Decision[], tx: Transaction): Promise<void> {
    const now = this.clock.now();
    const consignments = new Map<string, Consignment>();
    for (const source of decisions.map((decision) => toSource(decision, now))) {
      const channel = deliveryChannelOf(source);
      if (!channel) continue;
      const delivery = createDelivery(source, channel, now);
      consignments.set(delivery.deliveryId, { source, delivery });
    }
    if (consignments.size === 0) return;
    const known = await this.deliveries.findKnown([...consignments.keys()], tx);
    const fresh = [...consignments.values()].filter(({ delivery }) => !known.has(delivery.deliveryId));
    for (const sender of this.senders) {
      const own = fresh.filter(({ delivery }) => delivery.channel === sender.channel);
      if (own.length === 0) continue;
      const taken = await sender.take(own, now, tx);
      await this.deliveries.addMany(taken, tx);
      for (const outgoing of toDeliveryEvents(taken)) tx.emit(outgoing);
    }
  }
}

const toSource = (decision: Decision, now: Date): DeliverySource => ({
  ...decision,
  decidedAt: decision.decidedAt ?? now,
});
