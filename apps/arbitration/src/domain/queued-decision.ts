import { planOf } from './candidate-plan';
import type { CustomerState } from './customer-state';
import type { DecisionRecord } from './decision';
import { funnelOf } from './funnel';
import { movedTo } from './promised-contact';
import { PUSH_CANCELLED, stopOf, type Stop } from './reason';
import { ruleSubject } from './rule-subject';
import type { Situation } from './situation';
import { candidatesOf, type Candidate, type Strategy } from './strategy';

/** What becomes of a queued decision when its channel opens. */
export type QueuedVerdict = { kind: 'out' } | { kind: 'wait'; until: Date } | { kind: 'drop'; reason: Stop };

/** What is known now of those that a queued decision concerns. */
export interface QueuedParties {
  customer: CustomerState | undefined;
  strategy: Strategy | undefined;
  /** Of a push: whose its list is. */
  listOrgPath?: string;
  /** Of a push: it was cancelled since. */
  isCancelled?: boolean;
}

/**
 * Judges a decision that waited for the end of quiet hours anew: by what is known of the customer and the strategy now, with what the moment
 * knew then. A push still reaches only customers of its list's organisation. Limits and capacity were reserved when it was chosen; limits are asked again of one that is to wait on.
 */
export function judgeQueued(
  record: DecisionRecord,
  { customer, strategy, listOrgPath, isCancelled = false }: QueuedParties,
  situation: Situation,
): QueuedVerdict {
  if (isCancelled) return { kind: 'drop', reason: PUSH_CANCELLED };
  const candidate = strategy === undefined ? undefined : candidateOf(record, strategy);
  if (candidate === undefined || customer === undefined || customer.facts === null) {
    return { kind: 'drop', reason: 'STRATEGY_NOT_ACTIVE' };
  }
  const funnel = funnelOf(planOf([candidate]), situation);
  const event = record.inputs?.event as Record<string, unknown> | undefined;
  const subject = {
    customer: ruleSubject(customer.customerId, customer.facts, customer.past),
    now: situation.now,
    event: event ?? {},
    isListed: record.mode === 'push',
    listOrgPath,
  };
  funnel.begin(customer, subject, true);
  const reason = stopOf(funnel.standingCode(0));
  if (reason !== null) return { kind: 'drop', reason };
  const until = funnel.queuedUntil(0);
  if (until === null) return { kind: 'out' };
  // It was promised for this moment, and is now to be for a later one.
  const others = customer.contacts.filter(({ decisionId }) => decisionId !== record.decisionId);
  const later = stopOf(funnel.contactCode(0, others));
  return later === null ? { kind: 'wait', until } : { kind: 'drop', reason: later };
}

/** The action on the channel, as the strategy says it now. */
const candidateOf = ({ actionId, channel }: DecisionRecord, strategy: Strategy): Candidate | undefined =>
  candidatesOf(strategy, { actionIds: new Set([actionId]), channels: new Set([channel]) })[0];

/** A queued decision that goes out: its reservation runs from now, or from when its slot begins. */
export const letOut = (record: DecisionRecord, { now, policy }: Situation): DecisionRecord =>
  movedTo({ ...record, queuedUntil: null }, now, policy);

/** A queued decision that waits on. */
export const putOff = (record: DecisionRecord, queuedUntil: Date, { now, policy }: Situation): DecisionRecord =>
  movedTo({ ...record, queuedUntil }, now, policy);

/** A queued decision that something speaks against now; nothing was chosen after all. */
export const droppedRecord = (record: DecisionRecord, reason: Stop): DecisionRecord => ({
  ...record,
  queuedUntil: null,
  group: 'none',
  reason,
  candidates: record.candidates.map((one) => (one.isChosen ? { ...one, isChosen: false, reason } : one)),
});
