import type { LeadAccepted, LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import type { ListTouch } from '../domain/list-touch';

/** A person took the lead into his hands; a lead that nobody accepted was touched by nobody. */
export function toTouches({ lead }: LeadAccepted | LeadClosed): ListTouch[] {
  if (!lead?.acceptedAt || lead.strategyId === '') return [];
  const { strategyId, customerId, leadId, seatId, acceptedAt } = lead;
  return [{ strategyId, customerId, leadId, seatId, touchedAtMs: acceptedAt.getTime() }];
}
