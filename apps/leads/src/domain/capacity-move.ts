import type { LeadOutcome } from './disposition';
import type { Lead } from './lead';
import { closeUnreachable, promise } from './lead-moves';
import type { Queue } from './queue';

/** A decision's unit of people's time went to another slot, or was given up; that too when nobody took the lead up in its time. */
export interface CapacityMove {
  leadId: string;
  /** Undefined for at once. */
  promisedAt: Date | undefined;
  /** Whose time it is from now on: of this queue, and within it of this team; empty for anybody's. */
  queue: string;
  teamId: string;
  isReleased: boolean;
  /** The how manyth move of the unit it is; 0 where that was not told. */
  moveCount: number;
}

/** The last move of each lead. */
export function lastMoves(moves: readonly CapacityMove[]): CapacityMove[] {
  const last = new Map<string, CapacityMove>();
  for (const move of moves) {
    const before = last.get(move.leadId);
    if (before === undefined || move.moveCount >= before.moveCount) last.set(move.leadId, move);
  }
  return [...last.values()];
}

/** Somebody has talked to the customer, who was promised to be called again or is being handed over. */
const isPromisedTalk = ({ urgency }: Lead): boolean => urgency > 0;

/**
 * The lead after the move, and the outcome where that ended it: one that nobody took up yet waits for its new slot, or ends when none is
 * left for it. The same lead for a move that is out of date or comes too late.
 */
export function followCapacity(
  lead: Lead,
  queue: Queue,
  { promisedAt, queue: ofQueue, teamId, isReleased, moveCount }: CapacityMove,
  now: Date,
): { lead: Lead; outcome?: LeadOutcome } {
  if (moveCount > 0 && moveCount <= lead.capacityMoveCount) return { lead };
  // Where the lead went on to another queue meanwhile, that one's time is told of next.
  const isHere = ofQueue === lead.queue;
  // What was known of its channel's hours was of another time.
  const quietFrom = lead.quietFrom && !isReleased ? (promisedAt ?? now) : lead.quietFrom;
  const heard: Lead = { ...lead, capacityMoveCount: moveCount, teamId: isHere ? teamId : lead.teamId, quietFrom };
  if (!isReleased) return { lead: promise(heard, queue, promisedAt, now) ?? heard };
  if (isPromisedTalk(lead)) return { lead: heard };
  // A seat that is asked just now may still take it up.
  if (lead.state === 'offered') return { lead: { ...heard, isGivenUp: true } };
  return lead.state === 'scheduled' || lead.state === 'waiting' ? closeUnreachable(heard, now) : { lead: heard };
}
