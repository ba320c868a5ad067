import type { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import type { BenefitClaimed, BenefitRedeemed, BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import type { MessageDelivered } from '@tidegate/contracts/delivery/v1/delivery_events';
import type { LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import type { ReceivedEvent } from '@tidegate/messaging';
import type { Touch } from '../../domain/touch';

/** A decision that chose something; one that chose nothing touched nobody. */
export function ofDecision({ id, time, data: { decision } }: ReceivedEvent<DecisionMade>): Touch[] {
  if (!decision || decision.actionId === '' || decision.group === 'control') return [];
  const { customerId, decisionId, strategyId, actionId, channel, mode, title } = decision;
  const occurredAt = decision.decidedAt ?? time;
  const data = { decisionId, strategyId, actionId, mode };
  return [{ entryId: id, customerId, type: 'decision', channel, summary: title || actionId, data, occurredAt }];
}

export function ofLead({ id, time, data: { lead, outcome, closedAt } }: ReceivedEvent<LeadClosed>): Touch[] {
  if (!lead) return [];
  const { customerId, leadId, decisionId, queue, disposition, title } = lead;
  const summary = `${title || 'Lead'}: ${disposition || outcome}`;
  const data = { leadId, decisionId, disposition, outcome };
  return [{ entryId: id, customerId, type: 'lead', channel: queue, summary, data, occurredAt: closedAt ?? time }];
}

export function ofMessage({ id, time, data }: ReceivedEvent<MessageDelivered>): Touch[] {
  const { customerId, channel, deliveryId, decisionId, deliveredAt } = data;
  const summary = `Message delivered by ${channel}`;
  const occurredAt = deliveredAt ?? time;
  return [{ entryId: id, customerId, type: 'message', channel, summary, data: { deliveryId, decisionId }, occurredAt }];
}

export function ofClaim({ id, time, data }: ReceivedEvent<BenefitClaimed>): Touch[] {
  const { customerId, instanceId, stockId, kind, faceValueMinor, currency, decisionId, claimedAt } = data;
  const summary = `Claimed ${kind}`;
  const details = { instanceId, stockId, faceValueMinor, currency, decisionId };
  const occurredAt = claimedAt ?? time;
  return [{ entryId: id, customerId, type: 'benefit-claimed', channel: 'app', summary, data: details, occurredAt }];
}

export function ofRedemption({ id, time, data: { redemption } }: ReceivedEvent<BenefitRedeemed>): Touch[] {
  if (!redemption) return [];
  const { customerId, redemptionId, instanceId, merchantId, storeId, amountMinor, currency } = redemption;
  const summary = `Redeemed at store ${storeId}`;
  const data = { redemptionId, instanceId, merchantId, storeId, amountMinor, currency };
  const occurredAt = redemption.redeemedAt ?? time;
  return [{ entryId: id, customerId, type: 'benefit-redeemed', channel: 'merchant', summary, data, occurredAt }];
}

/** A redemption that was taken back, where and by whom. */
export function ofReversal({ id, time, data: { reversal, customerId } }: ReceivedEvent<BenefitReversed>): Touch[] {
  if (!reversal || !customerId) return [];
  const { redemptionId, reversalId, merchantId, storeId, clerkId, amountMinor, currency, reason } = reversal;
  const summary = `Redemption taken back at store ${storeId}`;
  const data = { redemptionId, reversalId, merchantId, storeId, clerkId, amountMinor, currency, reason };
  const occurredAt = reversal.reversedAt ?? time;
  return [{ entryId: id, customerId, type: 'benefit-reversed', channel: 'merchant', summary, data, occurredAt }];
}
