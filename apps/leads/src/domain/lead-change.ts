import type { LeadOutcome } from './disposition';
import type { Lead } from './lead';
import type { ReturnCause } from './lead-moves';

/** What happened to a lead, told to the other services. */
export type LeadChange =
  | { kind: 'created'; lead: Lead }
  | { kind: 'offered'; lead: Lead; agentId: string }
  | { kind: 'accepted'; lead: Lead }
  | { kind: 'returned'; lead: Lead; cause: ReturnCause; personId?: string }
  | { kind: 'retracted'; lead: Lead }
  | { kind: 'closed'; lead: Lead; outcome: LeadOutcome };
