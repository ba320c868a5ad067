import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { teamOfHold } from '../domain/capacity';
import { holdOf, type CandidateRecord, type DecisionRecord } from '../domain/decision';
import { explainDecision } from '../domain/explain-decision';
import type { Language } from '../domain/explain-words';

/** A decision as callers and events see it. What rules and models saw of the customer stays inside. */
export const toDecisionMessage = (record: DecisionRecord): Decision =>
  messageOf(record, record.candidates.map(toCandidateMessage));

/** Without the candidates. */
export const toBriefMessage = (record: DecisionRecord): Decision => messageOf(record, []);

const messageOf = (record: DecisionRecord, candidates: Decision['candidates']): Decision => ({
  decisionId: record.decisionId,
  customerId: record.customerId,
  mode: record.mode,
  strategyId: record.strategyId,
  strategyVersion: record.strategyVersion,
  actionId: record.actionId,
  channel: record.channel,
  title: record.title,
  body: record.body,
  queue: record.endpointId ?? record.queue,
  scriptId: record.scriptId,
  scriptVersion: record.scriptVersion,
  benefitStockId: record.benefitStockId,
  reason: record.reason,
  group: record.group,
  candidates,
  priority: record.priority ?? undefined,
  pushId: record.push?.pushId ?? '',
  listId: record.push?.listId ?? '',
  momentId: record.momentId,
  rank: record.push?.rank ?? 0,
  isExploration: record.isExploration,
  outcomes: record.outcomes.map(({ outcome }) => outcome),
  decidedAt: record.decidedAt,
  factAcceptedAt: record.factAcceptedAt ?? undefined,
  capacitySlot: record.capacitySlot,
  promisedAt: record.promisedAt ?? undefined,
  ownerId: record.ownerId ?? '',
  teamId: record.teamId ?? '',
  capacityTeamId: record.capacitySlot === '' ? '' : teamOfHold(holdOf(record)),
  isNonPersonalised: record.isNonPersonalised ?? false,
  queuedUntil: record.queuedUntil ?? undefined,
  policyVersion: record.policyVersion,
  factsVersion: record.factsVersion,
  engagementVersions: [...(record.engagementVersions ?? [])],
  modelSlot: record.modelSlot,
  modelUses: record.modelUses ?? [],
  inputs: undefined,
  explanation: [],
  keptUntil: record.keptUntil,
  retractedReason: record.retractedReason ?? '',
  retractedAt: record.retractedAt,
});

/** As toDecisionMessage, in words when a language is named. */
export const toExplainedMessage = (record: DecisionRecord, language: Language | undefined): Decision => ({
  ...toDecisionMessage(record),
  explanation: language === undefined ? [] : explainDecision(record, language),
});

const toCandidateMessage = (candidate: CandidateRecord) => ({
  ...candidate,
  priority: candidate.priority ?? undefined,
});

/**
 * The decisions of one command as events. Each candidate is told of once, though every record keeps them all: what another decision of
 * the same command chose is in that one's event, and what none chose in the first.
 */
export const toDecisionEvents = (records: readonly DecisionRecord[]): Decision[] =>
  records.map((record, index) => {
    const message = toDecisionMessage(record);
    const candidates = message.candidates.filter(
      ({ isChosen, reason }) => isChosen || (index === 0 && reason !== 'CHOSEN'),
    );
    return { ...message, candidates };
  });
