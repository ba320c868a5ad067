import {
  LeadAccepted,
  LeadClosed,
  LeadCreated,
  LeadOffered,
  LeadRetracted,
  LeadReturned,
} from '@tidegate/contracts/leads/v1/leads_events';
import { event, type OutgoingEvent } from '@tidegate/mongo';
import type { LeadChange } from '../domain/lead-change';

/** The event that tells of a change. */
export function toLeadEvent(change: LeadChange): OutgoingEvent {
  const { lead } = change;
  switch (change.kind) {
    case 'created':
      return event(LeadCreated, lead.leadId, { lead });
    case 'offered':
      return event(LeadOffered, lead.leadId, { lead, agentId: change.agentId });
    case 'accepted':
      return event(LeadAccepted, lead.leadId, { lead });
    case 'returned':
      return event(LeadReturned, lead.leadId, { lead, cause: change.cause, personId: change.personId ?? '' });
    case 'retracted':
      return event(LeadRetracted, lead.leadId, { lead });
    case 'closed':
      return event(LeadClosed, lead.leadId, { lead, outcome: change.outcome, closedAt: lead.closedAt });
  }
}
