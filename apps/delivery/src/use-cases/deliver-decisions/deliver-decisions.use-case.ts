import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { ArbitrationPeer } from '../../arbitration-peer';
import { consignmentsOf, type ToldDecision } from '../../consignments';
import { toDeliveryEvents } from '../../delivery-events';
import { retract, type Delivery } from '../../domain/delivery';
import { objectionTo } from '../../domain/objection';
import { DeliveryRepository } from '../../repositories/delivery.repository';
import { CHANNEL_SENDERS, type ChannelSender } from '../../senders/channel-sender';

/**
 * Makes one delivery of each decision for a digital channel, however often and in what order it is told. Of a decision that was retracted while its
 * event was on the way nothing leaves, and a message of the inbox waits, or is left, while its channel is quiet.
 */
@Injectable()
export class DeliverDecisionsUseCase {
  constructor(
    private readonly deliveries: DeliveryRepository,
    @Inject(CHANNEL_SENDERS) private readonly senders: ChannelSender[],
    private readonly arbitration: ArbitrationPeer,
    private readonly clock: Clock,
  ) {}

  /** @throws PEER_UNAVAILABLE, PEER_TIMED_OUT when it cannot be asked what speaks against it: the events come again */
  async execute(decisions: ToldDecision[], tx: Transaction): Promise<void> {
    const now = this.clock.now();
    const consignments = consignmentsOf(decisions, now);
    if (consignments.size === 0) return;
    const known = await this.deliveries.findKnown([...consignments.keys()], tx);
    const fresh = [...consignments.values()].filter(({ delivery }) => !known.has(delivery.deliveryId));
    const asked = fresh.map(({ delivery }) => delivery.decisionId);
    const objections = await this.arbitration.objectionsTo(asked);
    const judged = fresh.map((one) => ({ ...one, objection: objectionTo(one.delivery.decisionId, objections) }));
    const stopped = judged.flatMap(({ delivery, objection }) =>
      objection?.kind === 'retracted' ? (retract(delivery, objection.reason, now) ?? []) : [],
    );
    await this.add(stopped, tx);
    const free = judged.filter(({ objection }) => objection?.kind !== 'retracted');
    for (const sender of this.senders) {
      const own = free.filter(({ delivery }) => delivery.channel === sender.channel);
      if (own.length === 0) continue;
      await this.add(await sender.take(own, now, tx), tx);
    }
  }

  private async add(deliveries: Delivery[], tx: Transaction): Promise<void> {
    await this.deliveries.addMany(deliveries, tx);
    for (const outgoing of toDeliveryEvents(deliveries)) tx.emit(outgoing);
  }
}
