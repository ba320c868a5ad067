import { DomainError, refused } from '@tidegate/errors';
import { isAtOrBelow } from '@tidegate/org-path';
import { RELEASED } from './disposition';
import { checkMove, type Lead, type LeadState } from './lead';
import { checkCallBackTime, closed, type Closing } from './lead-moves';
import type { Seat, SeatUser } from './seat';

/** What a team leader does about a lead that is stuck. */
export interface LeadRelease {
  leadId: string;
  user: SeatUser;
  /** Why; kept as the lead's note. */
  note: string;
  /** When the customer is called back instead; absent to end the lead. */
  callBackAt?: Date;
}

/** While the call-back is still to come; and once it is over, so that who cancelled it is told so again. */
const OF_WHO_PROMISED: readonly LeadState[] = ['call_back', 'closed'];

/**
 * A team leader may for the leads of his organisation, a service for all, and the agent who promised a call-back until that is due.
 * @throws LEAD_NOT_YOURS
 */
export function checkMayRelease(lead: Lead, promisedBy: Seat | undefined, user: SeatUser): void {
  if (user.kind === 'service') return;
  if (user.kind === 'staff' && user.roles.includes('team_leader') && isAtOrBelow(lead.orgPath, user.orgPath)) return;
  if (user.kind === 'staff' && OF_WHO_PROMISED.includes(lead.state) && promisedBy?.agentId === user.id) return;
  throw new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'LEAD_NOT_YOURS',
    message: 'Only a team leader of its organisation, or who promised the call-back, may do this.',
    metadata: { leadId: lead.leadId },
  });
}

/** Any lead that nobody talks about → closed, for nobody is to work it any more. @throws LEAD_MOVE_NOT_ALLOWED */
export function release(lead: Lead, note: string, now: Date): Closing {
  if (lead.state === 'accepted') throw notAllowed(lead, 'is talked about');
  checkMove(lead, 'closed');
  const ended: Lead = { ...lead, seatId: '', disposition: RELEASED, note: note || lead.note, promisedAt: undefined };
  return { lead: closed(ended, now), outcome: 'released' };
}

/** A call-back at another time. @throws LEAD_MOVE_NOT_ALLOWED, CALL_BACK_TIME_INVALID */
export function retime(lead: Lead, at: Date, note: string, now: Date): Lead {
  if (lead.state !== 'call_back') throw notAllowed(lead, 'is no call-back');
  checkCallBackTime(at, now);
  return { ...lead, note: note || lead.note, callBackAt: at, dueAt: at };
}

const notAllowed = ({ leadId, state }: Lead, why: string): DomainError =>
  refused('LEAD_MOVE_NOT_ALLOWED', `A lead that ${why} cannot be moved so.`, { leadId, state });
