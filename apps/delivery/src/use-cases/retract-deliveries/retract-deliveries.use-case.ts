import { Injectable } from '@nestjs/common';
import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { consignmentsOf } from '../../consignments';
import { toDeliveryEvents } from '../../delivery-events';
import { retract } from '../../domain/delivery';
import { DeliveryRepository } from '../../repositories/delivery.repository';

/**
 * Stops what was not sent yet of decisions that were retracted. One that is heard of before its decision leaves the delivery behind as retracted, by
 * the same id, so that nothing is made of the decision when it comes.
 */
@Injectable()
export class RetractDeliveriesUseCase {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly clock: Clock,
  ) {}

  async execute(decisions: readonly Decision[], tx: Transaction): Promise<void> {
    const now = this.clock.now();
    const told = consignmentsOf(decisions, now);
    if (told.size === 0) return;
    const known = await this.deliveries.findMany([...told.keys()], tx);
    const stopped = [...told].flatMap(
      ([deliveryId, { delivery, decision }]) =>
        retract(known.get(deliveryId) ?? delivery, decision.retractedReason, now) ?? [],
    );
    await this.deliveries.addMany(
      stopped.filter(({ deliveryId }) => !known.has(deliveryId)),
      tx,
    );
    await this.deliveries.saveMany(
      stopped.filter(({ deliveryId }) => known.has(deliveryId)),
      tx,
    );
    for (const outgoing of toDeliveryEvents(stopped)) tx.emit(outgoing);
  }
}
