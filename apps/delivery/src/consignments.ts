import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { createDelivery, deliveryChannelOf } from './domain/delivery';
import type { Consignment } from './senders/channel-sender';

/** A decision with its customer's organisation, where that was told. */
export type ToldDecision = Decision & { orgPath?: string };

/** What is delivered of decisions, as told, by delivery; nothing of those for channels that are not digital. */
export function consignmentsOf(
  decisions: readonly ToldDecision[],
  now: Date,
): Map<string, Consignment & { decision: Decision }> {
  const consignments = new Map<string, Consignment & { decision: Decision }>();
  for (const decision of decisions) {
    const source = { ...decision, decidedAt: decision.decidedAt ?? now };
    const channel = deliveryChannelOf(source);
    if (!channel) continue;
    const delivery = createDelivery(source, channel, now);
    consignments.set(delivery.deliveryId, { decision, source, delivery });
  }
  return consignments;
}
