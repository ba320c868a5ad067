import { DomainError, notFound } from '@tidegate/errors';
import type { Queue } from './queue';

export const SEAT_STATES = ['available', 'away'] as const;
export type SeatState = (typeof SEAT_STATES)[number];

export const SEAT_CAPACITY_MAX = 50;

/** A place where one agent works leads. */
export interface Seat {
  seatId: string;
  /** The agent's token subject. */
  agentId: string;
  orgPath: string;
  queues: string[];
  skills: string[];
  /** Leads offered or accepted at once. */
  capacity: number;
  state: SeatState;
  /** Leads offered to or accepted by this seat and not yet ended. */
  openLeadIds: string[];
  lastOfferedAt?: Date;
}

/** Who asks; the part of a caller that seat rules look at. */
export interface SeatUser {
  id: string;
  kind: string;
  roles: string[];
  orgPath: string;
}

/** How many more leads may be offered to the seat now. */
export const roomOf = (seat: Seat): number =>
  seat.state === 'available' ? Math.max(0, seat.capacity - seat.openLeadIds.length) : 0;

/** Whether the seat works the queue's leads: it is listed there and has the skill. */
export const serves = (seat: Seat, queue: Queue): boolean =>
  seat.queues.includes(queue.queue) && (queue.skill === '' || seat.skills.includes(queue.skill));

/** Whether `path` is `scope` or lies below it; paths are compared by whole parts. */
export const isWithin = (path: string, scope: string): boolean => path === scope || path.startsWith(`${scope}/`);

/** A seat may serve queues of its own line of the organisation: above it, at it or below it. */
export const isOfOneLine = (a: string, b: string): boolean => isWithin(a, b) || isWithin(b, a);

/**
 * The seat's own agent works it; a team leader may act for the seats of his organisation, a service for all.
 * @throws SEAT_NOT_YOURS
 */
export function checkMayUse(seat: Seat, user: SeatUser): void {
  if (user.kind === 'service') return;
  if (user.kind === 'staff' && user.id === seat.agentId) return;
  if (user.kind === 'staff' && user.roles.includes('team_leader') && isWithin(seat.orgPath, user.orgPath)) return;
  throw new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'SEAT_NOT_YOURS',
    message: 'Only the agent of this seat, or a team leader of its organisation, may do this.',
    metadata: { seatId: seat.seatId },
  });
}

export const seatNotFound = (seatId: string): DomainError =>
  notFound('SEAT_NOT_FOUND', 'There is no such seat.', { seatId });

export const withLead = (seat: Seat, leadId: string, now: Date): Seat => ({
  ...seat,
  openLeadIds: [...seat.openLeadIds, leadId],
  lastOfferedAt: now,
});

export const withoutLead = (seat: Seat, leadId: string): Seat => ({
  ...seat,
  openLeadIds: seat.openLeadIds.filter((open) => open !== leadId),
});
