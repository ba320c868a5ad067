import { DomainError, notFound } from '@tidegate/errors';
import { isAtOrBelow, isOfOneLine } from '@tidegate/org-path';
import { queueOfOtherOrg, type Queue } from './queue';

export const SEAT_STATES = ['available', 'away'] as const;
export type SeatState = (typeof SEAT_STATES)[number];

export const SEAT_CAPACITY_MAX = 50;

/** A place where one agent works leads. */
export interface Seat {
  seatId: string;
  /** The agent's token subject. */
  agentId: string;
  orgPath: string;
  /** The agent's team; empty for none. */
  teamId: string;
  queues: string[];
  skills: string[];
  /** Leads offered or accepted at once. */
  capacity: number;
  state: SeatState;
  /** Leads offered to or accepted by this seat and not yet ended. */
  openLeadIds: string[];
  lastOfferedAt: Date | undefined;
}

/** What a seat is set up with; its open leads are its own, and an empty state leaves the state as it is. */
export type SeatTerms = Omit<Seat, 'openLeadIds' | 'lastOfferedAt' | 'state'> & { state: SeatState | '' };

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

/** The team, where it has a seat that serves the queue; else nobody's: what waited for it would wait for nobody. */
export const teamIn = (seats: readonly Seat[], teamId: string, queue: Queue): string =>
  teamId !== '' && seats.some((seat) => seat.teamId === teamId && serves(seat, queue)) ? teamId : '';

/** The seat at which an agent works a queue. */
export const seatOfAgent = (seats: readonly Seat[], agentId: string, queue: string): Seat | undefined =>
  agentId === '' ? undefined : seats.find((seat) => seat.agentId === agentId && seat.queues.includes(queue));

/**
 * The seat's own agent works it; a team leader may act for the seats of his organisation, a service for all.
 * @throws SEAT_NOT_YOURS
 */
export function checkMayUse(seat: Seat, user: SeatUser): void {
  if (user.kind === 'service') return;
  if (user.kind === 'staff' && user.id === seat.agentId) return;
  if (user.kind === 'staff' && user.roles.includes('team_leader') && isAtOrBelow(seat.orgPath, user.orgPath)) return;
  throw new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'SEAT_NOT_YOURS',
    message: 'Only the agent of this seat, or a team leader of its organisation, may do this.',
    metadata: { seatId: seat.seatId },
  });
}

/** Seats are set up by staff of their organisation or above. @throws ORG_OUT_OF_SCOPE */
export function checkMaySetUp(orgPath: string, user: SeatUser): void {
  if (user.kind === 'service' || (user.kind === 'staff' && isAtOrBelow(orgPath, user.orgPath))) return;
  throw new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'ORG_OUT_OF_SCOPE',
    message: 'This seat belongs to another part of the organisation.',
  });
}

/** A seat may serve queues of its own line of the organisation. @throws QUEUE_NOT_FOUND, QUEUE_OF_OTHER_ORG */
export function checkQueues(terms: SeatTerms, queues: ReadonlyMap<string, Queue>): void {
  for (const id of terms.queues) {
    const queue = queues.get(id);
    if (!queue) throw notFound('QUEUE_NOT_FOUND', 'There is no such queue.', { queue: id });
    if (!isOfOneLine(terms.orgPath, queue.orgPath)) throw queueOfOtherOrg(id);
  }
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
