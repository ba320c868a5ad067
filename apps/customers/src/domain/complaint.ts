import { DomainError } from '@tidegate/errors';

export type ComplaintState = 'open' | 'closed';

/** A customer's complaint 投诉. While any is open, promotion is on hold. */
export interface Complaint {
  complaintId: string;
  customerId: string;
  subject: string;
  state: ComplaintState;
  resolution: string;
  openedAt: Date;
  closedAt: Date | null;
}

const MOVES: Record<ComplaintState, readonly ComplaintState[]> = { open: ['closed'], closed: [] };

/**
 * Closes a complaint with what was done about it.
 * @throws COMPLAINT_CLOSED when it is closed already
 */
export function closeComplaint(complaint: Complaint, resolution: string, now: Date): Complaint {
  if (!MOVES[complaint.state].includes('closed')) {
    throw new DomainError({
      code: 'FAILED_PRECONDITION',
      reason: 'COMPLAINT_CLOSED',
      message: 'The complaint is closed already.',
      metadata: { complaintId: complaint.complaintId },
    });
  }
  return { ...complaint, state: 'closed', resolution, closedAt: now };
}
