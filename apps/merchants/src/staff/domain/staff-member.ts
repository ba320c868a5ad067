import { DomainError, notFound, refused } from '@tidegate/errors';

/** active 在岗, suspended 停用, left 离职. */
export const STAFF_STATES = ['active', 'suspended', 'left'] as const;
export type StaffState = (typeof STAFF_STATES)[number];

/** A person who works for the bank, and where. */
export interface StaffMember {
  /** The subject of the person's tokens. */
  staffId: string;
  name: string;
  orgPath: string;
  state: StaffState;
  /** Of the last move; empty before the first. */
  reason: string;
  changedBy: string;
  changedAt: Date;
}

/** The one table of allowed moves; who left may come back. */
const MOVES: Record<StaffState, readonly StaffState[]> = {
  active: ['suspended', 'left'],
  suspended: ['active', 'left'],
  left: ['active'],
};

/** Who changes a record, and when. */
export interface StaffChange {
  actorId: string;
  now: Date;
}

/**
 * The record with another name or place; a new one is active.
 * @throws STAFF_SELF_CHANGE
 */
export function putMember(
  terms: Pick<StaffMember, 'staffId' | 'name' | 'orgPath'>,
  existing: StaffMember | null,
  { actorId, now }: StaffChange,
): StaffMember {
  requireOther(terms.staffId, actorId);
  const { state, reason } = existing ?? { state: 'active' as const, reason: '' };
  return { ...terms, state, reason, changedBy: actorId, changedAt: now };
}

/** @throws STAFF_SELF_CHANGE, STAFF_MOVE_NOT_ALLOWED */
export function moveMember(
  member: StaffMember,
  { state, reason }: { state: StaffState; reason: string },
  { actorId, now }: StaffChange,
): StaffMember {
  requireOther(member.staffId, actorId);
  if (!MOVES[member.state].includes(state)) {
    throw refused('STAFF_MOVE_NOT_ALLOWED', `Who is ${member.state} cannot be moved so.`, {
      state: member.state,
      to: state,
    });
  }
  return { ...member, state, reason, changedBy: actorId, changedAt: now };
}

function requireOther(staffId: string, actorId: string): void {
  if (staffId !== actorId) return;
  throw new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'STAFF_SELF_CHANGE',
    message: 'Another person must change this record.',
  });
}

export const staffNotFound = () => notFound('STAFF_NOT_FOUND', 'No such person is on record.');
