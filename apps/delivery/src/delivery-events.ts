import { DeliveryFailed, MessageDelivered } from '@tidegate/contracts/delivery/v1/delivery_events';
import { event, type OutgoingEvent } from '@tidegate/mongo';
import type { Delivery } from './domain/delivery';

/** What is told of deliveries that just finished; of pending ones nothing. */
export const toDeliveryEvents = (deliveries: Delivery[]): OutgoingEvent[] =>
  deliveries.flatMap((delivery) => {
    const { deliveryId, decisionId, customerId, channel, state, finishedAt, attempts, retractedReason } = delivery;
    const common = { deliveryId, decisionId, customerId, channel };
    if (state === 'delivered') return event(MessageDelivered, deliveryId, { ...common, deliveredAt: finishedAt });
    if (state === 'pending') return [];
    const error = retractedReason || (attempts.at(-1)?.error ?? '');
    return event(DeliveryFailed, deliveryId, { ...common, error, failedAt: finishedAt });
  });
