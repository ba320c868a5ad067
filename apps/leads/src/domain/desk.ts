import { notFound } from '@tidegate/errors';
import { isOfOneLine } from '@tidegate/org-path';
import { assign } from './assignment';
import { arrivalQueue, inboundLead, leadToTakeOver, type Arrival } from './arrival';
import { isToAsk, withHours, type Hours } from './channel-hours';
import type { Disposition } from './disposition';
import { DeskMoves } from './desk-moves';
import { isKeptFrom, type Lead } from './lead';
import {
  accept,
  begin,
  callBack,
  checkOffer,
  close,
  coolDown,
  handOver,
  offer,
  promise,
  resume,
  retract,
  takeOver,
} from './lead-moves';
import { queueOfOtherOrg } from './queue';
import { checkMayRelease, release, retime, type LeadRelease } from './release';
import { isHeldBack, isStoppable, STRATEGY_STOPPED } from './strategy-state';
import {
  checkMaySetUp,
  checkMayUse,
  checkQueues,
  roomOf,
  serves,
  withLead,
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

export interface HandOver extends Answer {
  toQueue: string;
  /** Preferred there; empty for any. */
  toSeatId: string;
  note: string;
}

/** What can be asked of a desk. Every command either changes its leads and seats as a whole or throws and changes nothing. */
export class Desk extends DeskMoves {
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
    this.note(lead, seatId, reason);
    return this.giveBack({ ...lead, note: reason || lead.note }, 'declined');
  }

  /** @throws as `accept`, and CONTACT_RETRACTED, CALL_BACK_TIME_INVALID, CALL_BACKS_USED_UP */
  dispose({ leadId, seatId, user, disposition, note, callBackAt }: DispositionAnswer): Lead {
    checkMayUse(this.getSeat(seatId), user);
    const held = this.getLead(leadId);
    if (disposition === 'call_back') {
      const lead = this.saveLead(callBack(held, seatId, callBackAt, note, this.now));
      this.note(lead, seatId, note);
      this.free(seatId, leadId);
      return lead;
    }
    const { lead, outcome } = close(held, seatId, disposition, note, this.now);
    this.changes.push({ kind: 'closed', lead: this.saveLead(lead), outcome });
    this.note(lead, seatId, note);
    this.free(seatId, leadId);
    return lead;
  }

  /**
   * The customer came by himself: the seat gets his open lead, under whichever profile of his person, from whoever was offered it, or a new one of no
   * decision; what else of him is offered goes back. Somebody who stands there is served even if the seat has no room left. @throws SEAT_NOT_FOUND, SEAT_NOT_YOURS, SEAT_WITHOUT_QUEUE, CUSTOMER_IN_CONVERSATION
   */
  takeOver(arrival: Arrival): { lead: Lead; isInbound: boolean } {
    const { seatId, customerId, user } = arrival;
    const seat = this.getSeat(seatId);
    checkMayUse(seat, user);
    const profiles = this.persons.profilesOf(customerId);
    const ofPerson = [...this.leads.values()].filter((lead) => profiles.includes(lead.customerId));
    const held = leadToTakeOver(ofPerson, arrival);
    const others = ofPerson.filter((lead) => lead.state === 'offered' && lead !== held);
    if (held?.state === 'accepted') {
      for (const lead of others) this.giveBack(lead, 'in_conversation');
      this.note(held, seatId, arrival.note, arrival.channel);
      return { lead: held, isInbound: false };
    }
    const queue = arrivalQueue(seat, this.queues, arrival.channel, held);
    for (const lead of others) this.giveBack(lead, 'in_conversation');
    if (held?.state === 'offered') this.free(held.seatId, held.leadId);
    const waiting = held ?? inboundLead(arrival, queue, this.now);
    if (held === undefined) this.newLeads.add(waiting.leadId);
    const lead = this.saveLead(takeOver(waiting, seatId, queue, this.now));
    this.saveSeat(withLead(this.getSeat(seatId), lead.leadId, this.now));
    this.note(lead, seatId, arrival.note, arrival.channel);
    if (held === undefined) this.changes.push({ kind: 'created', lead });
    // Whoever had the offer is told that it is gone, and the promised time that it is now his who took over.
    else this.tellReturned({ ...lead, state: 'waiting', seatId: '' }, 'taken_over', seat.agentId);
    this.changes.push({ kind: 'accepted', lead });
    return { lead, isInbound: held === undefined };
  }

  /** @throws LEAD_NOT_FOUND, SEAT_NOT_FOUND, SEAT_NOT_YOURS, LEAD_MOVE_NOT_ALLOWED, CONTACT_RETRACTED, QUEUE_NOT_FOUND, QUEUE_OF_OTHER_ORG */
  handOver({ leadId, seatId, user, toQueue, toSeatId, note }: HandOver): Lead {
    const seat = this.getSeat(seatId);
    checkMayUse(seat, user);
    const queue = this.queues.get(toQueue);
    if (!queue) throw notFound('QUEUE_NOT_FOUND', 'There is no such queue.', { queue: toQueue });
    if (!isOfOneLine(seat.orgPath, queue.orgPath)) throw queueOfOtherOrg(toQueue);
    const next = toSeatId === '' ? undefined : this.getSeat(toSeatId);
    const lead = this.saveLead(handOver(this.getLead(leadId), seatId, { queue, seatId: toSeatId }, this.now));
    this.note(lead, seatId, note);
    this.tellReturned(lead, 'handed_over', next?.agentId ?? '');
    this.free(seatId, leadId);
    this.fedQueues.add(queue.queue);
    return lead;
  }

  /**
   * Ends a lead that nobody talks about, whoever it was offered or promised to, or has a call-back at another time.
   * @throws LEAD_NOT_FOUND, LEAD_NOT_YOURS, LEAD_MOVE_NOT_ALLOWED, CALL_BACK_TIME_INVALID
   */
  release({ leadId, user, note, callBackAt }: LeadRelease): Lead {
    this.checkMayRelease(leadId, user);
    const lead = this.getLead(leadId);
    if (callBackAt !== undefined) return this.saveLead(retime(lead, callBackAt, note, this.now));
    const { lead: ended, outcome } = release(lead, note, this.now);
    this.changes.push({ kind: 'closed', lead: this.saveLead(ended), outcome });
    if (lead.state === 'offered') this.free(lead.seatId, leadId);
    return ended;
  }

  /** @throws LEAD_NOT_FOUND, LEAD_NOT_YOURS */
  checkMayRelease(leadId: string, user: SeatUser): void {
    const lead = this.getLead(leadId);
    checkMayRelease(lead, this.seats.get(lead.preferredSeatId), user);
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
      if (seat.state === 'away' || !serves(seat, queue) || isKeptFrom(lead, seat)) this.giveBack(lead, 'seat_away');
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
    else if (lead.state === 'scheduled') this.wait(begin(lead, queue, this.now));
    else if (lead.state === 'waiting') this.wait(coolDown(lead, queue, this.now));
  }

  /** Stops a lead whose decision was retracted; asked twice it changes nothing more. A seat that was offered it is free for another. */
  retract(leadId: string, reason: string): void {
    const lead = this.leads.get(leadId);
    const after = lead && retract(lead, reason, this.now);
    if (!after) return;
    this.saveLead(after.lead);
    if (lead.state === 'offered') this.free(lead.seatId, leadId);
    const { outcome } = after;
    this.changes.push(
      outcome ? { kind: 'closed', lead: after.lead, outcome } : { kind: 'retracted', lead: after.lead },
    );
  }

  /** What was heard of the hours of a waiting lead's channel; nothing for one that is not to be asked about any more. */
  keepHours(leadId: string, hours: Hours): void {
    const lead = this.leads.get(leadId);
    const queue = lead && this.queues.get(lead.queue);
    if (!queue || lead.state !== 'waiting' || !isToAsk(lead, this.now)) return;
    const known = withHours(lead, hours);
    if (hours.kind === 'discarded') this.end(known);
    else if (hours.kind === 'quiet') this.saveLead(promise(known, queue, hours.until, this.now) ?? known);
    else this.wait(known);
  }

  /** Ends a lead whose strategy is over, unless the customer was promised it or talks about it; asked twice it changes nothing more. */
  stop(leadId: string): void {
    const lead = this.leads.get(leadId);
    if (lead && isStoppable(lead)) this.retract(leadId, STRATEGY_STOPPED);
  }

  /** Asks that a queue's leads be brought to its free seats, although nothing changed here. */
  feed(queue: string): void {
    this.fedQueues.add(queue);
  }

  /**
   * Offers waiting leads to free seats. Both lists are as stored; what was changed here counts instead.
   * @returns how many offers were made
   */
  assign(waiting: Lead[], freeSeats: Seat[]): number {
    for (const lead of waiting) if (!this.leads.has(lead.leadId)) this.leads.set(lead.leadId, lead);
    for (const seat of freeSeats) if (!this.seats.has(seat.seatId)) this.seats.set(seat.seatId, seat);
    const seats = [...this.seats.values()];
    const leads = [...this.leads.values()].filter(
      (lead) => !isHeldBack(lead, this.heldStrategies) && !isToAsk(lead, this.now),
    );
    const offers = assign(this.queues, seats, leads, this.now, this.talking, this.persons);
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
}
