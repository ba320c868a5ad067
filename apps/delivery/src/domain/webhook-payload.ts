import type { DeliverySource } from './delivery';

/** The event type that receivers see. */
export const WEBHOOK_EVENT_TYPE = 'decision.chosen';

/**
 * The body of a webhook, fixed when the delivery is made so that every attempt sends and signs the same bytes.
 * Source: Standard Webhooks 1.0.0, "Webhook structure" (type, timestamp, data).
 */
export const webhookPayload = (source: DeliverySource): string =>
  JSON.stringify({
    type: WEBHOOK_EVENT_TYPE,
    timestamp: source.decidedAt.toISOString(),
    data: {
      decisionId: source.decisionId,
      customerId: source.customerId,
      strategyId: source.strategyId,
      actionId: source.actionId,
      mode: source.mode,
      title: source.title,
      body: source.body,
      benefitStockId: source.benefitStockId,
    },
  });
