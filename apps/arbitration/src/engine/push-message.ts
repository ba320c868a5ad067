import type { Push as PushMessage, PushDecision } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { DecisionRecord } from '../domain/decision';
import type { Push, SeenPush } from '../domain/push';

/** A push as callers and events see it. */
export const toPushMessage = (push: Push | SeenPush): PushMessage => ({
  pushId: push.pushId,
  strategyId: push.strategyId,
  listId: push.listId,
  orgPath: push.orgPath ?? '',
  state: push.state,
  memberCount: push.memberCount,
  decidedCount: push.decidedCount,
  chosenCount: push.chosenCount,
  countByReason: push.countByReason,
  failureReason: push.failureReason,
  stage: push.state === 'running' ? push.stage : '',
  scoredCount: push.scoredCount,
  plannedValue: push.plan?.value ?? 0,
  valueBound: push.plan?.bound ?? 0,
  limits: push.ledger.map(({ id, max, used }) => ({ limit: id, max, used })),
  startedAt: push.startedAt,
  finishedAt: push.finishedAt ?? undefined,
  isWaiting: 'isWaiting' in push && push.isWaiting,
});

/** Reasons of those who lost for want of room. */
const LOST: ReadonlySet<string> = new Set(['OUTRANKED', 'BENEFIT_EXHAUSTED']);

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
  actionId: decision.actionId,
  channel: decision.channel,
  lostTo: LOST.has(decision.reason) ? (decision.push?.lostTo ?? '') : '',
});
