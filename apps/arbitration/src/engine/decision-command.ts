import { createHash } from 'node:crypto';
import type { DecisionMode, PushPlace } from '../domain/decision';
import type { RoomsByOffer } from '../domain/promise-book';
import type { SlotScore } from '../domain/models/slot-score';
import type { Stop } from '../domain/reason';
import type { Candidate } from '../domain/strategy';

/** One decision asked for. */
export interface DecisionCommand {
  customerId: string;
  mode: DecisionMode;
  /** Id of the n-th decision, derived from what was asked, so that a repeat finds the first answer. */
  decisionIdOf: (index: number) => string;
  /** Of the call, for what is said of a repeat. */
  requestId?: string;
  /** Tells a repeat from another request under the same id. */
  inputHash: string;
  candidates: readonly Candidate[];
  maxActions: number;
  /** What the channel or the moment knows. */
  fact: Readonly<Record<string, unknown>>;
  /** Throws when the caller may not see customers of this organisation. */
  authorize?: (orgPath: string) => void;
  momentId?: string;
  /** Moment rule, or what the channel names as its moment, for context weights. */
  moment?: string;
  isNonPersonalised?: boolean;
  factAcceptedAt?: Date | null;
  place?: PushPlace;
  /** Of a push: names its candidates. */
  candidateListId?: string;
  /** Of a push: whose its list is. */
  listOrgPath?: string;
  isExploration?: boolean;
  gate?: (candidate: Candidate) => Stop | null;
  /** Asked in the place of `gate` when that left nothing to choose. */
  secondGate?: (candidate: Candidate) => Stop | null;
  scores?: readonly SlotScore[];
  /** Told in order, before it is decided; a batch that runs again tells again. */
  onTurn?: () => void;
  /** Told in order while a batch is decided, with what was chosen; a batch that runs again tells again. */
  onChosen?: (candidate: Candidate) => void;
}

export interface BatchOptions {
  /** Capacity slot to spend from; empty for the current one. */
  capacitySlot: string;
  /** Days beyond today that may be promised; none when left out. */
  horizonDays?: number;
  /** Of a push: what of benefit stocks it may promise. */
  rooms?: RoomsByOffer;
  /**
   * Whether a command may have been decided before. When it was after all, the ids it makes are taken, the transaction fails on them and runs
   * again, and the caller then says so.
   */
  mayRepeat: boolean;
}

/** The same parts always make the same id. */
export const derivedId = (...parts: (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32);
