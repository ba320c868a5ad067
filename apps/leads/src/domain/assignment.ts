import { isKeptFrom, type Lead } from './lead';
import { Persons } from '@tidegate/persons';
import type { Queue } from './queue';
import { compareRank } from './rank';
import { roomOf, serves, type Seat } from './seat';

export interface Offer {
  leadId: string;
  seatId: string;
}

interface Place {
  seat: Seat;
  room: number;
  openCount: number;
}

/**
 * Which waiting lead is offered to which seat now: the best lead first, each to the free seat that suits it best. No seat
 * gets more than it has room for, no lead goes to two seats, a seat without the skill gets none, and a seat that just let
 * a lead go is not offered it again while its cool-off lasts. A lead kept for one seat, or one team, goes to no other, and one waits while another lead is
 * about its customer, under any profile of his person (`talking`: customer → that lead). Leads of unknown queues are left alone.
 */
export function assign(
  queues: ReadonlyMap<string, Queue>,
  seats: Seat[],
  leads: Lead[],
  now: Date,
  talking: ReadonlyMap<string, string> = new Map(),
  persons: Persons = new Persons(),
): Offer[] {
  const busy = new Map(talking);
  const places = seats
    .map((seat): Place => ({ seat, room: roomOf(seat), openCount: seat.openLeadIds.length }))
    .filter((place) => place.room > 0);
  let roomLeft = places.reduce((sum, place) => sum + place.room, 0);
  const offers: Offer[] = [];
  const waiting = leads.filter((lead) => lead.state === 'waiting').sort(compareRank);
  for (const lead of waiting) {
    if (roomLeft === 0) break;
    const queue = queues.get(lead.queue);
    if (persons.profilesOf(lead.customerId).some((customerId) => busy.get(customerId))) continue;
    const place = queue && bestPlace(lead, queue, places, now);
    if (!place) continue;
    busy.set(lead.customerId, lead.leadId);
    place.room -= 1;
    place.openCount += 1;
    roomLeft -= 1;
    offers.push({ leadId: lead.leadId, seatId: place.seat.seatId });
  }
  return offers;
}

function bestPlace(lead: Lead, queue: Queue, places: Place[], now: Date): Place | undefined {
  let best: Place | undefined;
  for (const place of places) {
    if (isKeptFrom(lead, place.seat)) continue;
    if (place.room === 0 || !serves(place.seat, queue) || isCoolingOff(lead, place.seat.seatId, now)) continue;
    if (!best || comparePlaces(lead, place, best) < 0) best = place;
  }
  return best;
}

const isCoolingOff = (lead: Lead, seatId: string, now: Date): boolean =>
  lead.coolOffs.some((coolOff) => coolOff.seatId === seatId && coolOff.until > now);

/** The seat that promised the call first, then the least busy, then the one that waited longest for work. */
function comparePlaces(lead: Lead, a: Place, b: Place): number {
  const preferred = Number(b.seat.seatId === lead.preferredSeatId) - Number(a.seat.seatId === lead.preferredSeatId);
  const idle = (a.seat.lastOfferedAt?.getTime() ?? 0) - (b.seat.lastOfferedAt?.getTime() ?? 0);
  return preferred || a.openCount - b.openCount || idle || (a.seat.seatId < b.seat.seatId ? -1 : 1);
}
