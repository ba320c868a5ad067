import type { Push as PushMessage, PushDecision } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { DecisionRecord } from '../domain/decision';
import type { Push } from '../domain/push';

/** A push as callers and events see it. */
export const toPushMessage = (push: Push): PushMessage => ({
  pushId: push.pushId,
  strategyId: push.strategyId,
  listId: push.listId,
  state: push.state,
  memberCount: push.memberCount,
  decidedCount: push.decidedCount,
  chosenCount: push.chosenCount,
  countByReason: push.countByReason,
  failureReason: push.failureReason,
  startedAt: push.startedAt,
  finishedAt: push.finishedAt ?? undefined,
});

/** One member's decision, as a push lists it. */
export const toPushDecision = (decision: DecisionRecord): PushDecision => ({
  decisionId: decision.decisionId,
  customerId: decision.customerId,
  rank: decision.push?.rank ?? 0,
  isChosen: decision.reason === 'CHOSEN',
  isExploration: decision.isExploration,
  reason: decision.reason,
  championPropensity: decision.push?.championPropensity ?? 0,
  shadowPropensity: decision.push?.shadowPropensity ?? 0,
});
