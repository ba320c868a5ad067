import { assign } from './assignment';
import type { Disposition } from './disposition';
import { leadNotFound, type Lead } from './lead';
import type { LeadChange } from './lead-change';
import {
  accept,
  callBack,
  checkOffer,
  close,
  closeUnreachable,
  coolDown,
  isUsedUp,
  offer,
  overflow,
  resume,
  takeBack,
  type ReturnCause,
} from './lead-moves';
import type { Queue } from './queue';
import {
  checkMaySetUp,
  checkMayUse,
  checkQueues,
  roomOf,
  seatNotFound,
  serves,
  withLead,
  withoutLead,
  type Seat,
  type SeatState,
  type SeatTerms,
  type SeatUser,
} from './seat';

export interface Answer {
  leadId: string;
  seatId: string;
  user: SeatUser;
}
export interface DeclineAnswer extends Answer {
  /** In the agent's words; kept as the lead's note. */
  reason: string;
}
export interface DispositionAnswer extends Answer {
  disposition: Disposition;
  note: string;
  callBackAt?: Date;
}

/**
 * The leads, seats and queues that one commit works on. Every command either changes them as a whole or throws and changes
 * nothing. It remembers what changed, what to tell, and where work and free seats should be brought together.
 */
export class Desk {
  readonly changes: LeadChange[] = [];
  private readonly changedLeads = new Set<string>();
  private readonly changedSeats = new Set<string>();
  private readonly freedSeats = new Set<string>();
  private readonly fedQueues = new Set<string>();

  constructor(
    private readonly queues: ReadonlyMap<string, Queue>,
    private readonly seats: Map<string, Seat>,
    private readonly leads: Map<string, Lead>,
    private readonly now: Date,
  ) {}

  /** @throws LEAD_NOT_FOUND, SEAT_NOT_FOUND, SEAT_NOT_YOURS, LEAD_MOVE_NOT_ALLOWED, NOT_OFFERED_TO_SEAT, OFFER_EXPIRED */
  accept({ leadId, seatId, user }: Answer): Lead {
    checkMayUse(this.getSeat(seatId), user);
    const lead = this.saveLead(accept(this.getLead(leadId), seatId, this.now));
    this.changes.push({ kind: 'accepted', lead });
    return lead;
  }

  /** @throws as `accept` */
  decline({ leadId, seatId, user, reason }: DeclineAnswer): Lead {
    checkMayUse(this.getSeat(seatId), user);
    const lead = this.getLead(leadId);
    checkOffer(lead, 'waiting', seatId, this.now);
    return this.giveBack({ ...lead, note: reason || lead.note }, 'declined');
  }

  /** @throws as `accept`, and CALL_BACK_TIME_INVALID, CALL_BACKS_USED_UP */
  dispose({ leadId, seatId, user, disposition, note, callBackAt }: DispositionAnswer): Lead {
    checkMayUse(this.getSeat(seatId), user);
    const held = this.getLead(leadId);
    if (disposition === 'call_back') {
      const lead = this.saveLead(callBack(held, seatId, callBackAt, note, this.now));
      this.free(seatId, leadId);
      return lead;
    }
    const { lead, outcome } = close(held, seatId, disposition, note, this.now);
    this.changes.push({ kind: 'closed', lead: this.saveLead(lead), outcome });
    this.free(seatId, leadId);
    return lead;
  }

  /** An agent who leaves keeps accepted leads; what was only offered goes back. @throws SEAT_NOT_FOUND, SEAT_NOT_YOURS */
  setSeatState(seatId: string, state: SeatState, user: SeatUser): void {
    const seat = this.getSeat(seatId);
    checkMayUse(seat, user);
    this.putSeat({ ...seat, state });
  }

  /** Creates or replaces a seat; offers that it may no longer take go back. @throws ORG_OUT_OF_SCOPE, QUEUE_NOT_FOUND, QUEUE_OF_OTHER_ORG */
  setUpSeat(terms: SeatTerms, user: SeatUser): void {
    const before = this.seats.get(terms.seatId);
    for (const orgPath of [terms.orgPath, before?.orgPath ?? terms.orgPath]) checkMaySetUp(orgPath, user);
    checkQueues(terms, this.queues);
    const state = terms.state || before?.state || 'away';
    this.putSeat({ ...terms, state, openLeadIds: before?.openLeadIds ?? [], lastOfferedAt: before?.lastOfferedAt });
  }

  private putSeat(seat: Seat): void {
    this.saveSeat(seat);
    for (const leadId of seat.openLeadIds) {
      const lead = this.leads.get(leadId);
      const queue = lead && this.queues.get(lead.queue);
      if (lead?.state !== 'offered' || !queue) continue;
      if (seat.state === 'away' || !serves(seat, queue)) this.giveBack(lead, 'seat_away');
    }
    if (roomOf(this.getSeat(seat.seatId)) > 0) this.freedSeats.add(seat.seatId);
  }

  /** What time alone does to a lead; nothing when it is not due any more, so that it may be asked twice. */
  timeUp(leadId: string): void {
    const lead = this.leads.get(leadId);
    const queue = lead && this.queues.get(lead.queue);
    if (!lead?.dueAt || !queue || lead.dueAt > this.now) return;
    if (lead.state === 'offered') this.giveBack(lead, 'timed_out');
    else if (lead.state === 'call_back') this.wait(resume(lead, queue, this.now));
    else if (lead.state === 'waiting') this.wait(coolDown(lead, queue, this.now));
  }

  /** Asks that a queue's leads be brought to its free seats, although nothing changed here. */
  feed(queue: string): void {
    this.fedQueues.add(queue);
  }

  /** Queues whose waiting leads are wanted: those with news, and those of seats that have room now. */
  get hungryQueues(): string[] {
    const ofSeats = [...this.freedSeats].map((id) => this.getSeat(id)).filter((seat) => roomOf(seat) > 0);
    return [...new Set([...this.fedQueues, ...ofSeats.flatMap((seat) => seat.queues)])];
  }

  /** Queues with news of their own, whose free seats are wanted. */
  get queuesWithNews(): string[] {
    return [...this.fedQueues];
  }

  /** How many leads of a queue could be offered at most, counting the given free seats. */
  roomIn(queueId: string, freeSeats: Seat[]): number {
    const queue = this.queues.get(queueId);
    if (!queue) return 0;
    const known = new Map([...freeSeats.map((seat) => [seat.seatId, seat] as const), ...this.seats]);
    return [...known.values()].reduce((sum, seat) => sum + (serves(seat, queue) ? roomOf(seat) : 0), 0);
  }

  /** Leads in hand that left or joined the waiting ones: storage still lists them as they were. */
  get changedLeadCount(): number {
    return this.changedLeads.size;
  }

  /**
   * Offers waiting leads to free seats. Both lists are as stored; what was changed here counts instead.
   * @returns how many offers were made
   */
  assign(waiting: Lead[], freeSeats: Seat[]): number {
    for (const lead of waiting) if (!this.leads.has(lead.leadId)) this.leads.set(lead.leadId, lead);
    for (const seat of freeSeats) if (!this.seats.has(seat.seatId)) this.seats.set(seat.seatId, seat);
    const offers = assign(this.queues, [...this.seats.values()], [...this.leads.values()], this.now);
    for (const { leadId, seatId } of offers) {
      const before = this.getLead(leadId);
      const queue = this.queues.get(before.queue);
      if (!queue) continue;
      const lead = this.saveLead(offer(before, seatId, queue, this.now));
      const seat = this.saveSeat(withLead(this.getSeat(seatId), leadId, this.now));
      this.changes.push({ kind: 'offered', lead, agentId: seat.agentId });
    }
    return offers.length;
  }

  /** @throws SEAT_NOT_FOUND */
  getSeat(seatId: string): Seat {
    const seat = this.seats.get(seatId);
    if (!seat) throw seatNotFound(seatId);
    return seat;
  }

  get leadsToSave(): Lead[] {
    return [...this.changedLeads].map((id) => this.getLead(id));
  }

  get seatsToSave(): Seat[] {
    return [...this.changedSeats].map((id) => this.getSeat(id));
  }

  private getLead(leadId: string): Lead {
    const lead = this.leads.get(leadId);
    if (!lead) throw leadNotFound(leadId);
    return lead;
  }

  private giveBack(lead: Lead, cause: ReturnCause): Lead {
    const queue = this.queues.get(lead.queue);
    if (!queue) throw new Error(`queue ${lead.queue} of lead ${lead.leadId} was not loaded`);
    const back = takeBack(lead, queue, this.now);
    this.changes.push({ kind: 'returned', lead: back, cause });
    this.free(lead.seatId, lead.leadId);
    return this.wait(back);
  }

  /** Takes a lead among the waiting ones, or on to where it goes when its attempts or time are used up. */
  private wait(lead: Lead): Lead {
    const queue = this.queues.get(lead.queue);
    const next = queue && this.queues.get(queue.overflowQueue);
    if (!queue || !isUsedUp(lead, queue, this.now)) {
      this.fedQueues.add(lead.queue);
      return this.saveLead(lead);
    }
    if (!next) {
      const { lead: ended, outcome } = closeUnreachable(lead, this.now);
      this.changes.push({ kind: 'closed', lead: ended, outcome });
      return this.saveLead(ended);
    }
    const moved = this.saveLead(overflow(lead, next, this.now));
    this.changes.push({ kind: 'returned', lead: moved, cause: 'overflowed' });
    this.fedQueues.add(moved.queue);
    return moved;
  }

  private free(seatId: string, leadId: string): void {
    const seat = this.seats.get(seatId);
    if (!seat) return;
    this.saveSeat(withoutLead(seat, leadId));
    this.freedSeats.add(seatId);
  }

  private saveLead(lead: Lead): Lead {
    this.leads.set(lead.leadId, lead);
    this.changedLeads.add(lead.leadId);
    return lead;
  }

  private saveSeat(seat: Seat): Seat {
    this.seats.set(seat.seatId, seat);
    this.changedSeats.add(seat.seatId);
    return seat;
  }
}
