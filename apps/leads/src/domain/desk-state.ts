import { leadNotFound, type Lead } from './lead';
import type { LeadChange } from './lead-change';
import type { ReturnCause } from './lead-moves';
import { Persons, type PersonLink } from '@tidegate/persons';
import type { Queue } from './queue';
import { roomOf, seatNotFound, serves, withoutLead, type Seat } from './seat';

/** Words of an agent about a lead, for those who go on. */
export interface AgentNote {
  lead: Lead;
  authorId: string;
  channel: string;
  text: string;
}

/**
 * The leads, seats and queues that one commit works on. It remembers what changed, what to tell, and where work and free seats should be brought
 * together.
 */
export class DeskState {
  readonly changes: LeadChange[] = [];
  readonly notes: AgentNote[] = [];
  private readonly changedLeads = new Set<string>();
  protected readonly newLeads = new Set<string>();
  private readonly changedSeats = new Set<string>();
  protected readonly freedSeats = new Set<string>();
  protected readonly fedQueues = new Set<string>();
  private readonly changedTalks = new Set<string>();
  protected readonly heldStrategies = new Set<string>();
  /** Customers of whom storage said something, whatever was done since. */
  readonly storedTalks: Set<string>;

  constructor(
    protected readonly queues: ReadonlyMap<string, Queue>,
    protected readonly seats: Map<string, Seat>,
    protected readonly leads: Map<string, Lead>,
    protected readonly now: Date,
    /** Customer → the lead that somebody talks to him about, or is offered to; empty for none. */
    protected readonly talking: Map<string, string> = new Map(),
    protected readonly persons: Persons = new Persons(),
  ) {
    this.storedTalks = new Set(talking.keys());
  }

  /** Queues whose waiting leads are wanted: those with news, and those of seats that have room now. */
  get hungryQueues(): string[] {
    const ofSeats = [...this.freedSeats].map((id) => this.getSeat(id)).filter((seat) => roomOf(seat) > 0);
    return [...new Set([...this.fedQueues, ...ofSeats.flatMap((seat) => seat.queues)])];
  }

  /** Whether a lead in hand might be offered, also where nothing is wanted from storage. */
  get hasWaiting(): boolean {
    return [...this.leads.values()].some(({ state }) => state === 'waiting');
  }

  /** Queues with news of their own, whose free seats are wanted. */
  get queuesWithNews(): string[] {
    return [...this.fedQueues];
  }

  /** How many leads of a queue could be offered at most, counting the given free seats. */
  roomIn(queueId: string, freeSeats: Seat[]): number {
    return this.seatsWithRoom(queueId, freeSeats).reduce((sum, seat) => sum + roomOf(seat), 0);
  }

  /** Seats that could be offered a lead of the queue, counting the given free seats. */
  seatsWithRoom(queueId: string, freeSeats: Seat[]): Seat[] {
    const queue = this.queues.get(queueId);
    if (!queue) return [];
    const known = new Map([...freeSeats.map((seat) => [seat.seatId, seat] as const), ...this.seats]);
    return [...known.values()].filter((seat) => serves(seat, queue) && roomOf(seat) > 0);
  }

  /** Leads in hand that left or joined the waiting ones: storage still lists them as they were. */
  get changedLeadCount(): number {
    return this.changedLeads.size;
  }

  /** @throws SEAT_NOT_FOUND */
  getSeat(seatId: string): Seat {
    const seat = this.seats.get(seatId);
    if (!seat) throw seatNotFound(seatId);
    return seat;
  }

  get leadsToAdd(): Lead[] {
    return [...this.newLeads].map((id) => this.getLead(id));
  }

  get leadsToSave(): Lead[] {
    return [...this.changedLeads].filter((id) => !this.newLeads.has(id)).map((id) => this.getLead(id));
  }

  get seatsToSave(): Seat[] {
    return [...this.changedSeats].map((id) => this.getSeat(id));
  }

  /** Customers of whom somebody began or ceased to talk, and the other profiles of those with whom somebody began. */
  get talksToSave(): Map<string, string> {
    return new Map([...this.changedTalks].map((customerId) => [customerId, this.talking.get(customerId) ?? '']));
  }

  /** Strategies whose leads are offered to nobody now. */
  holdBack(strategyIds: readonly string[]): void {
    for (const strategyId of strategyIds) this.heldStrategies.add(strategyId);
  }

  /** What storage says of further persons. */
  learnPersons(stored: readonly PersonLink[]): void {
    this.persons.add(stored);
  }

  /** All profiles of the persons behind customers. */
  profilesOf(customerIds: readonly string[]): string[] {
    return [...new Set(customerIds.flatMap((customerId) => this.persons.profilesOf(customerId)))];
  }

  /** What storage says of customers that nothing was done about yet. */
  learnTalks(stored: ReadonlyMap<string, string>): void {
    for (const [customerId, leadId] of stored) {
      this.storedTalks.add(customerId);
      if (!this.changedTalks.has(customerId)) this.talking.set(customerId, leadId);
    }
  }

  protected getLead(leadId: string): Lead {
    const lead = this.leads.get(leadId);
    if (!lead) throw leadNotFound(leadId);
    return lead;
  }

  protected tellReturned(lead: Lead, cause: ReturnCause, personId: string): void {
    this.changes.push({ kind: 'returned', lead, cause, personId });
  }

  protected note(lead: Lead, seatId: string, text: string, channel: string = lead.channel): void {
    if (text !== '') this.notes.push({ lead, authorId: this.getSeat(seatId).agentId, channel, text });
  }

  protected free(seatId: string, leadId: string): void {
    const seat = this.seats.get(seatId);
    if (!seat) return;
    this.saveSeat(withoutLead(seat, leadId));
    this.freedSeats.add(seatId);
  }

  protected saveLead(lead: Lead): Lead {
    this.leads.set(lead.leadId, lead);
    this.changedLeads.add(lead.leadId);
    const isTalked = lead.state === 'offered' || lead.state === 'accepted';
    const isKnown = this.talking.get(lead.customerId) === lead.leadId;
    if (isTalked !== isKnown) {
      this.talking.set(lead.customerId, isTalked ? lead.leadId : '');
      // Two who begin a talk with two profiles of one person collide.
      const written = isTalked ? this.persons.profilesOf(lead.customerId) : [lead.customerId];
      for (const customerId of written) this.changedTalks.add(customerId);
    }
    return lead;
  }

  protected saveSeat(seat: Seat): Seat {
    this.seats.set(seat.seatId, seat);
    this.changedSeats.add(seat.seatId);
    return seat;
  }
}
