import type { DeliveryFailed, MessageDelivered, MessageMarked } from '@tidegate/contracts/delivery/v1/delivery_events';
import type { Lead } from '@tidegate/contracts/leads/v1/leads';
import type {
  LeadAccepted,
  LeadClosed,
  LeadCreated,
  LeadOffered,
  LeadReturned,
} from '@tidegate/contracts/leads/v1/leads_events';
import type { FactRow } from './fact';

export const deliveredRows = (event: MessageDelivered): FactRow[] => [
  { ...messageOf(event), step: 'delivered', occurredAt: event.deliveredAt ?? null },
];

export const deliveryFailedRows = (event: DeliveryFailed): FactRow[] => [
  { ...messageOf(event), step: 'failed', error: event.error, occurredAt: event.failedAt ?? null },
];

/** A mark tells of the message, not of its delivery: the decision joins both. */
export const markedRows = (event: MessageMarked): FactRow[] => [
  {
    ...messageOf({ ...event, deliveryId: event.messageId, channel: '' }),
    step: event.outcome,
    occurredAt: event.markedAt ?? null,
  },
];

export const leadCreatedRows = ({ lead }: LeadCreated): FactRow[] => leadRows(lead, 'created', lead?.createdAt);

export const leadOfferedRows = ({ lead }: LeadOffered): FactRow[] => leadRows(lead, 'offered', lead?.offeredAt);

export const leadAcceptedRows = ({ lead }: LeadAccepted): FactRow[] => leadRows(lead, 'accepted', lead?.acceptedAt);

export const leadReturnedRows = ({ lead, cause }: LeadReturned): FactRow[] =>
  leadRows(lead, 'returned', undefined, cause);

/** A closed lead is also an outcome of its decision. */
export function leadClosedRows({ lead, outcome, closedAt }: LeadClosed): FactRow[] {
  if (!lead) return [];
  const occurredAt = closedAt ?? lead.closedAt;
  return [
    ...leadRows({ ...lead, disposition: lead.disposition || outcome }, 'closed', occurredAt),
    {
      table: 'outcome',
      decisionId: lead.decisionId,
      customerId: lead.customerId,
      strategyId: lead.strategyId,
      origin: 'lead',
      outcome,
      occurredAt: occurredAt ?? null,
    },
  ];
}

function messageOf(event: { deliveryId: string; decisionId: string; customerId: string; channel: string }) {
  const { deliveryId, decisionId, customerId, channel } = event;
  return { table: 'message' as const, deliveryId, decisionId, customerId, channel, error: '' };
}

function leadRows(lead: Lead | undefined, step: string, at?: Date, cause = ''): FactRow[] {
  if (!lead) return [];
  const { leadId, decisionId, strategyId, queue, orgPath, disposition } = lead;
  return [
    { table: 'lead', leadId, decisionId, strategyId, queue, orgPath, step, cause, disposition, occurredAt: at ?? null },
  ];
}
