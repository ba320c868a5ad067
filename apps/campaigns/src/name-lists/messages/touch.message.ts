import type { OutcomeRecorded } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import type { LeadAccepted, LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import type { ListTouch } from '../domain/list-touch';

/** A person took the lead into his hands; a lead that nobody accepted was touched by nobody. */
export function toTouches({ lead }: LeadAccepted | LeadClosed): ListTouch[] {
  if (!lead?.acceptedAt || lead.strategyId === '') return [];
  const { strategyId, customerId, leadId, seatId, acceptedAt } = lead;
  return [{ strategyId, customerId, leadId, seatId, touchedAtMs: acceptedAt.getTime() }];
}

/** What a customer says himself, on whatever channel; that a message arrived says nothing of him. */
const ANSWERS: ReadonlySet<string> = new Set(['clicked', 'accepted', 'rejected', 'converted']);

/** A customer who answered in the app or by another way is as little untouched as one whom a person called. */
export function toAnswers({ strategyId, customerId, outcome, occurredAt }: OutcomeRecorded): ListTouch[] {
  if (!ANSWERS.has(outcome) || strategyId === '' || !occurredAt) return [];
  return [{ strategyId, customerId, leadId: '', seatId: '', touchedAtMs: occurredAt.getTime() }];
}
