import type { Hold } from './capacity';
import type { ContactRule } from './contact-policy';
import { conversationEndsAt, isEnded } from './conversation';
import type { EngagementVersion } from './engagement';
import type { AttributeValue } from './models/features';
import type { ModelUse } from './models/slot-score';
import type { Priority } from './priority';
import type { QuotaTake } from './quota';
import type { StockTake } from './stock-promise';

export type DecisionMode = 'pull' | 'push' | 'moment';
/** What may speak against a contact after it was decided; the first that does is told. */
export type RetractionReason = 'CONSENT_MISSING' | 'COMPLAINT_HOLD';
export type DecisionGroup = 'treated' | 'control' | 'none';

/** Reasons of the candidates that the record of a pushed decision keeps nothing else of. */
export interface LeftCandidates {
  listId: string;
  /** A letter (`left-candidates.ts`) for each candidate of the list, blank for those that the record keeps whole. */
  letters: string;
}

/** A candidate's way through the funnel, as kept. */
export interface CandidateRecord {
  strategyId: string;
  strategyVersion: number;
  actionId: string;
  channel: string;
  isChosen: boolean;
  reason: string;
  priority: Priority | null;
  shadowPropensity: number;
  isExploration: boolean;
}

/**
 * What a decision promised, and what became of the promise.
 * reserved → committed (it took place), released (it will not) or expired (nobody said); expired → committed when word comes late.
 */
export type ReservationState = 'none' | 'reserved' | 'committed' | 'released' | 'expired';

export interface RecordedOutcome {
  outcome: string;
  at: Date;
}

/** A decision, chosen or not, with all that explains it later. */
export interface DecisionRecord {
  decisionId: string;
  customerId: string;
  /** Of the customer, for whom may read it. */
  orgPath: string;
  mode: DecisionMode;
  group: DecisionGroup;
  reason: string;
  /** Who looks after the customer; empty for nobody, absent in records of before it was kept. */
  ownerId?: string;
  /** His team; empty for none, absent as above. */
  teamId?: string;
  /** Empty strings when nothing was chosen. */
  strategyId: string;
  strategyVersion: number;
  actionId: string;
  actionGroup: string;
  channel: string;
  title: string;
  body: string;
  /** Of people; empty for none. */
  queue: string;
  /** The partner's endpoint that a webhook names; absent for none. */
  endpointId?: string;
  /** The slot of people's time that it holds a unit of; empty for none. */
  capacitySlot: string;
  /** What the unit counts in, the queue first; absent where it is the decision's queue alone. */
  capacityPools?: string[];
  /** How often that unit moved, and the last move of the lead that it followed; absent for none. */
  capacityMoveCount?: number;
  leadMoveCount?: number;
  /** When that slot begins: people work on it then, not before. Null, or absent, for at once. */
  promisedAt?: Date | null;
  scriptId: string;
  scriptVersion: number;
  benefitStockId: string;
  priority: Priority | null;
  candidates: CandidateRecord[];
  /** Of a push: the candidates beyond those; absent where `candidates` are all. */
  leftCandidates?: LeftCandidates;
  isExploration: boolean;
  hasQuota: boolean;
  /** Of quotas that strategies share; absent in records of before there were any. */
  quotaTakes?: QuotaTake[];
  /** Units of benefit stocks that it promised, and whether they were claimed; absent for none, and not yet. */
  stockTakes?: StockTake[];
  isClaimed?: boolean;
  reservation: ReservationState;
  expiresAt: Date | null;
  /** Stopped then; capacity, quotas and promised units still count it as reserved. Null, or absent, once they do not. */
  stoppedAt?: Date | null;
  outcomes: RecordedOutcome[];
  /** The model slot that gave its propensity, and what the model saw: enough to learn from the outcome. */
  modelSlot: string;
  features: Record<string, AttributeValue> | null;
  /** Which model ranked in each slot; absent in records of before it was kept. */
  modelUses?: ModelUse[];
  isTaught: boolean;
  push: PushPlace | null;
  momentId: string;
  factAcceptedAt: Date | null;
  decidedAt: Date;
  /** What the chosen action is for; empty for none. Absent, as the next, in records of before they were kept. */
  purpose?: string;
  /** Which rules of contact the policy had. */
  contactRules?: ContactRule[];
  /** Versions decided on. */
  policyVersion: number;
  factsVersion: number;
  /** Of issues and groups above the candidates' actions; absent in records of before they were kept. */
  engagementVersions?: readonly EngagementVersion[];
  /** The ranking looked at nothing personal. Absent, as the next three, in records of before they were kept. */
  isNonPersonalised?: boolean;
  /** Chosen in quiet hours: nobody was told yet, and it goes out then. Null, or absent, once it did. */
  queuedUntil?: Date | null;
  /** What the rules read of the customer, and what the channel or the moment knew. */
  inputs?: Record<string, unknown> | null;
  /** Why its contact was stopped before it took place, and when; absent when it was not. */
  retractedReason?: RetractionReason;
  retractedAt?: Date;
  /** The record is deleted after this, but for one that a person still works. */
  keptUntil?: Date;
  /** Of the call that asked for it; empty for push and moment. */
  inputHash: string;
}

/** What capacity, quotas and promised units take the reservation for: they hear of a stop later than the customer. */
export const countedAs = ({
  reservation,
  stoppedAt,
}: Pick<DecisionRecord, 'reservation' | 'stoppedAt'>): ReservationState =>
  stoppedAt == null ? reservation : 'reserved';

/**
 * When something is to be done about the record next: let it go out, free its reservation, delete it. Null for never. What a person works is kept
 * beyond its time until that ends: without it nobody would know what the end is of.
 */
export function nextDueAt(record: DecisionRecord): Date | null {
  const { queuedUntil, reservation, expiresAt, keptUntil, queue, decidedAt } = record;
  if (queuedUntil != null) return queuedUntil;
  if (reservation === 'reserved') return expiresAt ?? null;
  if (keptUntil == null) return null;
  if (queue === '' || reservation !== 'committed' || isEnded(record)) return keptUntil;
  const endsAt = conversationEndsAt(decidedAt);
  return endsAt > keptUntil ? endsAt : keptUntil;
}

/** Where a decision stands in its push. */
export interface PushPlace {
  pushId: string;
  listId: string;
  /** From 1 for those that reached the ranking, else 0. */
  rank: number;
  /** Place among all members, ranked first; unique in the push. */
  order: number;
  championPropensity: number;
  shadowPropensity: number;
  /** The limit that was worth more for others; empty when none was. */
  lostTo: string;
}

/** The unit of people's time that a decision holds, or held. */
export const holdOf = ({
  queue,
  capacitySlot,
  capacityPools,
}: Pick<DecisionRecord, 'queue' | 'capacitySlot' | 'capacityPools'>): Hold => ({
  pools: capacityPools ?? (queue === '' ? [] : [queue]),
  slot: capacitySlot,
});
