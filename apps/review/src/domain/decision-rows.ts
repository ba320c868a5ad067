import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import type {
  DecisionMade,
  LeftCandidates,
  OutcomeRecorded,
} from '@tidegate/contracts/arbitration/v1/arbitration_events';
import type { MomentDetected, StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import type { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import type { FactRow } from './fact';

/** Fact type by which a campaign's result is told from outside, e.g. of customers whom nobody contacted. */
export const CAMPAIGN_OUTCOME = 'campaign-outcome';

/** A decision and its candidates' ways through the funnel. */
export function decisionRows({ decision, leftCandidates }: DecisionMade): FactRow[] {
  if (!decision) return [];
  return [
    {
      table: 'decision',
      decisionId: decision.decisionId,
      customerId: decision.customerId,
      mode: decision.mode,
      strategyId: decision.strategyId,
      channel: decision.channel,
      reason: decision.reason,
      experimentGroup: decision.group,
      pushId: decision.pushId,
      listId: decision.listId,
      momentId: decision.momentId,
      decidedAt: decision.decidedAt ?? null,
      factAcceptedAt: decision.factAcceptedAt ?? null,
      valueMinor: decision.priority?.value ?? 0,
    },
    ...modelUseRows(decision),
    ...candidateRows(decision),
    ...leftCandidates.flatMap((left) => leftRows(decision.decisionId, left)),
  ];
}

/** What came of a decision. */
export const outcomeRows = (event: OutcomeRecorded): FactRow[] => [
  {
    table: 'outcome',
    decisionId: event.decisionId,
    customerId: event.customerId,
    strategyId: event.strategyId,
    origin: 'decision',
    outcome: event.outcome,
    occurredAt: event.occurredAt ?? null,
  },
];

/** A moment of truth that was found. */
export const momentRows = (event: MomentDetected): FactRow[] => [
  {
    table: 'moment',
    momentId: event.momentId,
    strategyId: event.strategyId,
    ruleId: event.ruleId,
    customerId: event.customerId,
    factAcceptedAt: event.factAcceptedAt ?? null,
    detectedAt: event.detectedAt ?? null,
  },
];

/** The planned split of a strategy's version, and how it is to be judged. */
export function strategyRows({ snapshot }: StrategyChanged): FactRow[] {
  if (!snapshot?.strategy) return [];
  const { strategy, revision } = snapshot;
  const plan = strategy.evaluationPlan;
  return [
    {
      table: 'strategy',
      strategyId: strategy.strategyId,
      strategyVersion: strategy.version,
      revision,
      state: strategy.state,
      holdoutBasisPoints: strategy.holdoutBasisPoints,
      planOutcome: plan?.successOutcome ?? '',
      planWindowDays: plan?.windowDays ?? 0,
      planMinGroupSize: plan?.minGroupSize ?? 0,
      planExpectedLiftBasisPoints: plan?.expectedLiftBasisPoints ?? 0,
      planReviewAt: plan?.reviewAt ?? null,
    },
  ];
}

/** A campaign's outcome told from outside; any other fact is only counted. */
export function factRows(event: FactRecorded): FactRow[] {
  const strategyId = textOf(event.data, 'strategyId', 'strategy_id');
  const outcome = textOf(event.data, 'outcome');
  if (event.factType !== CAMPAIGN_OUTCOME || !strategyId || !outcome) return [];
  return [
    {
      table: 'outcome',
      decisionId: textOf(event.data, 'decisionId', 'decision_id'),
      customerId: event.customerId,
      strategyId,
      origin: 'fact',
      outcome,
      occurredAt: event.occurredAt ?? event.acceptedAt ?? null,
    },
  ];
}

/** Which group the customer was in, for each model slot that had a part in the ranking. */
const modelUseRows = ({ decisionId, customerId, modelUses, decidedAt }: Decision): FactRow[] =>
  modelUses.map((use) => ({
    table: 'modelUse',
    decisionId,
    customerId,
    slot: use.slot,
    modelGroup: use.group,
    modelId: use.modelId,
    isFallback: use.isFallback,
    challengerBasisPoints: use.challengerBasisPoints,
    noModelBasisPoints: use.noModelBasisPoints,
    decidedAt: decidedAt ?? null,
  }));

function candidateRows(decision: Decision): FactRow[] {
  const { decisionId, strategyId, strategyVersion, actionId, channel, reason } = decision;
  if (decision.candidates.length === 0) {
    if (!strategyId) return [];
    const isChosen = reason === 'CHOSEN';
    const score = decision.priority?.score ?? 0;
    const only = { decisionId, position: 0, strategyId, strategyVersion, actionId, channel, isChosen, reason, score };
    return [{ table: 'candidate', ...only }];
  }
  return decision.candidates.map((candidate, position) => ({
    table: 'candidate',
    decisionId,
    position,
    strategyId: candidate.strategyId,
    strategyVersion: candidate.strategyVersion,
    actionId: candidate.actionId,
    channel: candidate.channel,
    isChosen: candidate.isChosen,
    reason: candidate.reason,
    score: candidate.priority?.score ?? 0,
  }));
}

const leftRows = (decisionId: string, { countByReason, ...of }: LeftCandidates): FactRow[] =>
  Object.entries(countByReason).map(([reason, candidateCount]) => ({
    ...{ table: 'leftCandidates', decisionId, ...of, reason, candidateCount },
  }));

function textOf(data: Record<string, unknown> | undefined, ...names: string[]): string {
  const value = names.map((name) => data?.[name]).find((candidate) => typeof candidate === 'string');
  return typeof value === 'string' ? value : '';
}
