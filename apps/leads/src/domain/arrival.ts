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
 * The customer's lead that the seat goes on with; undefined when none is open. One that this seat works already is answered as it is.
 * @throws CUSTOMER_IN_CONVERSATION when another seat works one
 */
export function leadToTakeOver(leads: readonly Lead[], seatId: string): Lead | undefined {
  const open = leads
    .filter(({ state }) => state !== 'closed')
    .sort((left, right) => STATES.indexOf(left.state) - STATES.indexOf(right.state) || compareRank(left, right));
  const [first] = open;
  if (first?.state === 'accepted' && first.seatId !== seatId) {
    throw refused('CUSTOMER_IN_CONVERSATION', 'Another seat is talking to this customer: let it hand over.', {
      seatId: first.seatId,
      leadId: first.leadId,
    });
  }
  return first;
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
