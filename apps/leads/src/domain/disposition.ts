/** What an agent can close a lead with, and what arbitration learns from it. */
const OUTCOME_OF = {
  converted: 'converted',
  interested: 'accepted',
  not_interested: 'rejected',
  no_answer: 'no_answer',
  wrong_number: 'no_answer',
  complaint: 'rejected',
} as const;

export type FinalDisposition = keyof typeof OUTCOME_OF;
/** `call_back` keeps the lead; every other disposition closes it. */
export type Disposition = FinalDisposition | 'call_back';
export type LeadOutcome = (typeof OUTCOME_OF)[FinalDisposition] | 'released';

export const DISPOSITIONS: readonly Disposition[] = [...(Object.keys(OUTCOME_OF) as FinalDisposition[]), 'call_back'];

/** What a lead is closed with when nobody could take it. */
export const UNREACHABLE = 'unreachable';

/** What a lead is closed with when its decision was retracted 撤回 before anybody talked about it. */
export const RETRACTED = 'retracted';

/** What a lead is closed with that a team leader, or who promised to call back, let go. */
export const RELEASED = 'released';

export const isDisposition = (value: string): value is Disposition =>
  (DISPOSITIONS as readonly string[]).includes(value);

export const outcomeOf = (disposition: FinalDisposition): LeadOutcome => OUTCOME_OF[disposition];
