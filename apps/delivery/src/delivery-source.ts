import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { DeliverySource } from './domain/delivery';

/** The part of a decision, as told, that is delivered. */
export const toDeliverySource = (decision: Decision, now: Date): DeliverySource => ({
  ...decision,
  decidedAt: decision.decidedAt ?? now,
});
