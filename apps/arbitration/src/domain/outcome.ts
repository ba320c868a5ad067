import { isClosing, isEnded } from './conversation';
import type { Contact, CustomerState, OutcomeMark } from './customer-state';
import { countedAs, type DecisionRecord, type ReservationState } from './decision';

/** What a caller may say came of a decision. `delivered` is said by delivery alone. */
export const OUTCOMES = [
  'delivered',
  'shown',
  'clicked',
  'dismissed',
  'accepted',
  'rejected',
  'no_answer',
  'converted',
  'released',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How far a customer went; a success at one step is a success at every step below. */
const STEPS: readonly string[] = ['delivered', 'shown', 'clicked', 'accepted', 'converted'];
const FAILURES: ReadonlySet<string> = new Set(['dismissed', 'rejected', 'no_answer']);

/** What recording an outcome changes outside the decision itself. */
export interface OutcomeEffect {
  decision: DecisionRecord;
  customer: CustomerState;
  /** Units of the decision's capacity slot: what leaves `reserved`, what enters `used`. */
  capacity: { released: number; used: number };
  /** Gives back one of the strategy's quota (-1), takes it again (1), or nothing. */
  quota: -1 | 0 | 1;
}

/**
 * Records what came of a decision. The first word that it took place commits its reservation, `released` frees it; a word that comes after
 * the reservation ran out counts all the same, because the contact was made. Limits count a contact from when it took place, not from when it was
 * decided. Returns null when this outcome is already recorded.
 * @param said when it came about; neither the contact nor what came of it is taken to be before the decision or after `now` (`tookPlaceAt`)
 */
export function recordOutcome(
  decision: DecisionRecord,
  customer: CustomerState,
  outcome: Outcome,
  said: Date,
  now: Date,
): OutcomeEffect | null {
  if (decision.outcomes.some((known) => known.outcome === outcome)) return null;
  const at = tookPlaceAt(decision, said, now);
  const next = moveTo(decision.reservation, outcome);
  const counted = countedAs(decision);
  const isMoved = next !== counted;
  const mark: OutcomeMark = { outcome, actionId: decision.actionId, group: decision.actionGroup, at };
  const isHuman = decision.queue !== '';
  return {
    decision: {
      ...told(decision),
      reservation: next,
      expiresAt: next === 'reserved' ? decision.expiresAt : null,
      outcomes: [...decision.outcomes, { outcome, at }],
    },
    customer: {
      ...customer,
      contacts: nextContacts(customer, decision, next, { outcome, at }),
      outcomes: decision.actionId === '' || outcome === 'released' ? customer.outcomes : [...customer.outcomes, mark],
    },
    capacity: {
      released: isHuman && isMoved && counted === 'reserved' ? 1 : 0,
      used: isHuman && isMoved && next === 'committed' ? 1 : 0,
    },
    quota: decision.hasQuota && isMoved ? quotaMove(counted, next) : 0,
  };
}

/**
 * A person took the contact up: it takes place then, whatever comes of it, and commits its reservation as a first word does, also one that ran out.
 * Nobody else works on the customer until its end is told. Returns null for what is committed already, and for what no person works.
 */
export function takeUp(decision: DecisionRecord, customer: CustomerState, said: Date, now: Date): OutcomeEffect | null {
  const counted = countedAs(decision);
  if (decision.queue === '' || decision.reservation === 'none' || decision.reservation === 'committed') return null;
  const isOpen = !isEnded(decision);
  const others = customer.contacts.filter(({ decisionId }) => decisionId !== decision.decisionId);
  const own = customer.contacts.find(({ decisionId }) => decisionId === decision.decisionId) ?? contactOf(decision);
  const contact = { ...own, at: tookPlaceAt(decision, said, now), isCommitted: true, isOpen };
  return {
    decision: { ...told(decision), reservation: 'committed', expiresAt: null },
    customer: { ...customer, contacts: [...others, contact] },
    capacity: { released: counted === 'reserved' ? 1 : 0, used: 1 },
    quota: decision.hasQuota ? quotaMove(counted, 'committed') : 0,
  };
}

/** A reservation that ran out without a word. Returns null when there is none. */
export function expireReservation(decision: DecisionRecord, customer: CustomerState, now: Date): OutcomeEffect | null {
  if (decision.expiresAt === null || decision.expiresAt > now) return null;
  return endReservation(decision, customer, 'expired');
}

/** Frees what a decision reserved that nobody was told of. Returns null when there is nothing to free. */
export const freeReservation = (decision: DecisionRecord, customer: CustomerState): OutcomeEffect | null =>
  endReservation(decision, customer, 'released');

/**
 * Stops a reservation for its customer alone, which touches nothing that others compete for: what it took of capacity, quotas and promised units
 * is given back by `freeStopped`. Returns null when there is nothing to stop.
 */
export function stopReservation(
  decision: DecisionRecord,
  customer: CustomerState,
  now: Date,
): Pick<OutcomeEffect, 'decision' | 'customer'> | null {
  const effect = endReservation(decision, customer, 'released');
  return effect && { decision: { ...effect.decision, stoppedAt: now }, customer: effect.customer };
}

/** Gives back what a stopped decision took, once. Returns null when it did, or was not stopped. */
export function freeStopped(decision: DecisionRecord, customer: CustomerState): OutcomeEffect | null {
  if (decision.stoppedAt == null) return null;
  const capacity = { released: decision.queue === '' ? 0 : 1, used: 0 };
  return { decision: told(decision), customer, capacity, quota: decision.hasQuota ? -1 : 0 };
}

/** The decision when all that it took was told what became of it. */
const told = (decision: DecisionRecord): DecisionRecord =>
  decision.stoppedAt == null ? decision : { ...decision, stoppedAt: null };

function endReservation(
  decision: DecisionRecord,
  customer: CustomerState,
  reservation: 'expired' | 'released',
): OutcomeEffect | null {
  if (decision.reservation !== 'reserved') return null;
  // What people work is told of as a move of its unit, which later ones come after.
  const moves = decision.queue === '' ? {} : { capacityMoveCount: (decision.capacityMoveCount ?? 0) + 1 };
  return {
    decision: { ...decision, ...moves, reservation, expiresAt: null },
    customer: {
      ...customer,
      contacts: customer.contacts.filter((contact) => contact.decisionId !== decision.decisionId),
    },
    capacity: { released: decision.queue === '' ? 0 : 1, used: 0 },
    quota: decision.hasQuota ? -1 : 0,
  };
}

/**
 * Whether the outcome teaches the model, and what: true for the success asked for or anything beyond it, false for an end without it, null
 * while it may still come.
 */
export function lessonOf(outcome: string, successOutcome: string): boolean | null {
  const wanted = STEPS.indexOf(successOutcome);
  const reached = STEPS.indexOf(outcome);
  if (outcome === successOutcome || (wanted >= 0 && reached >= wanted)) return true;
  return FAILURES.has(outcome) ? false : null;
}

function moveTo(state: ReservationState, outcome: Outcome): ReservationState {
  if (state === 'none' || state === 'committed') return state;
  if (outcome === 'released') return state === 'reserved' ? 'released' : state;
  return 'committed';
}

function nextContacts(
  customer: CustomerState,
  decision: DecisionRecord,
  next: ReservationState,
  { outcome, at }: { outcome: Outcome; at: Date },
): CustomerState['contacts'] {
  const others = customer.contacts.filter(({ decisionId }) => decisionId !== decision.decisionId);
  if (next === 'none' || next === 'released' || next === 'expired') return others;
  const own = customer.contacts.find(({ decisionId }) => decisionId === decision.decisionId) ?? contactOf(decision);
  const isFirstWord = decision.reservation !== 'committed';
  const contact = {
    ...own,
    at: isFirstWord && saysWhen(decision, outcome) ? at : own.at,
    isCommitted: true,
    isOpen: own.isOpen && !isClosing(outcome),
  };
  return [...others, contact];
}

/** People tell of their contact when it took place; a message took place when it was delivered, whatever is done with it later. */
const saysWhen = ({ queue }: DecisionRecord, outcome: Outcome): boolean => queue !== '' || outcome === 'delivered';

/** The contact of a decision whose own is gone. */
const contactOf = ({
  decisionId,
  strategyId,
  actionId,
  actionGroup,
  channel,
  purpose,
  queue,
  decidedAt,
}: DecisionRecord): Contact => ({
  decisionId,
  strategyId,
  actionId,
  channel,
  group: actionGroup,
  ...(purpose !== undefined && { purpose }),
  at: decidedAt,
  expiresAt: decidedAt,
  isHuman: queue !== '',
  isCommitted: true,
  isOpen: false,
});

/** When something came of a decision: as was said, but neither before the decision nor ahead of now, whatever clock said it. */
export const tookPlaceAt = ({ decidedAt }: Pick<DecisionRecord, 'decidedAt'>, said: Date, now: Date): Date =>
  new Date(Math.max(decidedAt.getTime(), Math.min(said.getTime(), now.getTime())));

/** A promise that ends without contact gives its place in the quota back; one that comes true late takes it again. */
function quotaMove(from: ReservationState, to: ReservationState): -1 | 0 | 1 {
  if (from === 'reserved' && to === 'released') return -1;
  return from !== 'reserved' && to === 'committed' ? 1 : 0;
}
