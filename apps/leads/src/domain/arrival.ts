import { refused } from '@tidegate/errors';
import { createLead, type Lead } from './lead';
import type { HumanChannel, Queue } from './queue';
import { compareRank } from './rank';
import { serves, type Seat, type SeatUser } from './seat';

export const ARRIVAL_CHANNELS = ['phone', 'walk_in'] as const;
export type ArrivalChannel = (typeof ARRIVAL_CHANNELS)[number];

/** A customer who came by himself to a seat. */
export interface Arrival {
  seatId: string;
  customerId: string;
  /** The other profiles of his person that the agent may see. */
  otherCustomerIds: readonly string[];
  channel: ArrivalChannel;
  note: string;
  user: SeatUser;
  /** Id of the lead that is made when none is open. */
  inboundLeadId: string;
}

const CHANNELS: Record<ArrivalChannel, readonly HumanChannel[]> = {
  phone: ['remote_bank'],
  walk_in: ['branch', 'merchant'],
};
/** Which open lead a customer who comes is served about first. */
const STATES = ['accepted', 'offered', 'call_back', 'waiting', 'scheduled'];

/**
 * Of the leads of his person the one that the seat goes on with; undefined when none is open under a profile that its agent may see. One that this
 * seat works already is answered as it is.
 * @throws CUSTOMER_IN_CONVERSATION when another seat works one, under whatever profile
 */
export function leadToTakeOver(leads: readonly Lead[], arrival: Arrival): Lead | undefined {
  const open = leads
    .filter(({ state }) => state !== 'closed')
    .sort((left, right) => STATES.indexOf(left.state) - STATES.indexOf(right.state) || compareRank(left, right));
  const talks = open.filter(({ state }) => state === 'accepted');
  const own = talks.find(({ seatId }) => seatId === arrival.seatId);
  const [other] = talks;
  if (own === undefined && other !== undefined) {
    throw refused('CUSTOMER_IN_CONVERSATION', 'Another seat is talking to this customer: let it hand over.', {
      seatId: other.seatId,
      leadId: other.leadId,
    });
  }
  const seen = new Set([arrival.customerId, ...arrival.otherCustomerIds]);
  return own ?? open.find(({ customerId }) => seen.has(customerId));
}

/**
 * The queue of the seat that the talk counts in: the lead's own if the seat serves it, else the first for how he came, else its first.
 * @throws SEAT_WITHOUT_QUEUE
 */
export function arrivalQueue(
  seat: Seat,
  queues: ReadonlyMap<string, Queue>,
  channel: ArrivalChannel,
  lead: Lead | undefined,
): Queue {
  const own = lead && queues.get(lead.queue);
  if (own && serves(seat, own)) return own;
  const served = seat.queues.flatMap((id) => queues.get(id) ?? []);
  const queue = served.find((one) => CHANNELS[channel].includes(one.channel)) ?? served[0];
  if (queue === undefined) throw refused('SEAT_WITHOUT_QUEUE', 'This seat serves no queue.', { seatId: seat.seatId });
  return queue;
}

/** A lead of no decision: nobody was contacted, the customer came. */
export const inboundLead = ({ customerId, inboundLeadId, channel }: Arrival, queue: Queue, now: Date): Lead => ({
  ...createLead(
    {
      decisionId: '',
      customerId,
      strategyId: '',
      actionId: '',
      channel: queue.channel,
      queue: queue.queue,
      title: channel === 'phone' ? 'Customer called in' : 'Customer walked in',
      scriptId: '',
      scriptVersion: 0,
      reason: '',
      priorityScore: 0,
      ownerId: '',
      capacityTeamId: '',
      promisedAt: undefined,
    },
    queue,
    now,
  ),
  leadId: inboundLeadId,
});
