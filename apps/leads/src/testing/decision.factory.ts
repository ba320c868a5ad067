import { Decision, type Priority } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';

/** A decision for the remote bank, as arbitration tells of it; ids follow from the number. */
export function buildDecision(number: number, overrides: Partial<Decision> = {}): Decision {
  const priority: Priority = { propensity: 0.5, contextWeight: 1, value: number, lever: 1, score: number / 2 };
  return Decision.fromPartial({
    decisionId: `d-${number}`,
    customerId: `c-${number}`,
    mode: 'push',
    strategyId: 'term-deposit',
    actionId: 'deposit-offer',
    channel: 'remote_bank',
    queue: 'remote',
    title: 'Term deposit',
    scriptId: 'deposit-script',
    scriptVersion: 2,
    reason: 'CHOSEN',
    group: 'treated',
    priority,
    candidates: [],
    ...overrides,
  });
}

export const buildDecisionMade = (number: number, overrides: Partial<Decision> = {}): DecisionMade => ({
  decision: buildDecision(number, overrides),
  leftCandidates: [],
});
