import type { RequestKey } from '@tidegate/mongo';
import type { Arrival } from '../domain/arrival';
import type { Hours } from '../domain/channel-hours';
import type { Answer, DeclineAnswer, DispositionAnswer, HandOver } from '../domain/desk';
import type { Lead } from '../domain/lead';
import type { LeadRelease } from '../domain/release';
import type { Seat, SeatState, SeatTerms, SeatUser } from '../domain/seat';

/**
 * One request to the desk. Those of callers carry a request id; those of time and news may simply be asked again. Retractions name the reason of
 * each lead.
 */
export type DeskCommand =
  | { kind: 'accept'; requestId: string; answer: Answer }
  | { kind: 'decline'; requestId: string; answer: DeclineAnswer }
  | { kind: 'dispose'; requestId: string; answer: DispositionAnswer }
  | { kind: 'hand-over'; requestId: string; answer: HandOver }
  | { kind: 'take-over'; requestId: string; arrival: Arrival }
  | { kind: 'release'; requestId: string; release: LeadRelease }
  | { kind: 'seat-state'; requestId: string; seatId: string; state: SeatState; user: SeatUser }
  | { kind: 'put-seat'; requestId: string; terms: SeatTerms; user: SeatUser }
  | { kind: 'time-up'; leadIds: string[] }
  | { kind: 'retract'; reasons: ReadonlyMap<string, string> }
  | { kind: 'hours'; hours: ReadonlyMap<string, Hours> }
  | { kind: 'stop'; leadIds: string[] }
  | { kind: 'feed'; queues: string[] };

/** The lead or the seat as the command left it; neither for time and news. */
export interface DeskAnswer {
  lead?: Lead;
  seat?: Seat;
  /** The lead is new: the customer came by himself, and none was open. */
  isInbound?: boolean;
}

/** What makes a caller's request a repeat of an earlier one; who asks is not part of it. */
export function requestKeyOf(command: DeskCommand): RequestKey | undefined {
  switch (command.kind) {
    case 'accept':
    case 'dispose':
    case 'hand-over':
    case 'decline': {
      const { user: _user, ...answer } = command.answer;
      return { scope: command.kind, requestId: command.requestId, input: answer };
    }
    case 'take-over': {
      const { user: _user, inboundLeadId: _id, otherCustomerIds: _others, ...arrival } = command.arrival;
      return { scope: command.kind, requestId: command.requestId, input: arrival };
    }
    case 'release': {
      const { user: _user, ...release } = command.release;
      return { scope: command.kind, requestId: command.requestId, input: release };
    }
    case 'seat-state':
      return {
        scope: command.kind,
        requestId: command.requestId,
        input: { seatId: command.seatId, state: command.state },
      };
    case 'put-seat':
      return { scope: command.kind, requestId: command.requestId, input: command.terms };
    default:
      return undefined;
  }
}

/** The seat that a caller's request is about. */
export function seatIdOf(command: DeskCommand): string | undefined {
  switch (command.kind) {
    case 'accept':
    case 'decline':
    case 'dispose':
    case 'hand-over':
      return command.answer.seatId;
    case 'take-over':
      return command.arrival.seatId;
    case 'seat-state':
      return command.seatId;
    case 'put-seat':
      return command.terms.seatId;
    default:
      return undefined;
  }
}

/** The leads that a command names. */
export function leadIdsOf(command: DeskCommand): string[] {
  switch (command.kind) {
    case 'accept':
    case 'decline':
    case 'dispose':
    case 'hand-over':
      return [command.answer.leadId];
    case 'release':
      return [command.release.leadId];
    case 'time-up':
    case 'stop':
      return command.leadIds;
    case 'hours':
      return [...command.hours.keys()];
    case 'retract':
      return [...command.reasons.keys()];
    default:
      return [];
  }
}

/** Customers who came by themselves, each with the other profiles that his agent sees: all open leads of the person are wanted. */
export const arrivedOf = (commands: readonly DeskCommand[]): string[][] =>
  commands.flatMap((command) =>
    command.kind === 'take-over' ? [[command.arrival.customerId, ...command.arrival.otherCustomerIds]] : [],
  );
