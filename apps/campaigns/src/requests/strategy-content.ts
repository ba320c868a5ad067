import { parseRule } from '@tidegate/rules';
import type { StrategyContent } from '../domain/strategy';
import type { StrategyInput } from './strategy.request';

/** The content of a draft. @throws RULE_INVALID when a condition is no rule */
export function contentOf(input: StrategyInput): StrategyContent {
  return {
    name: input.name.trim(),
    segmentId: input.segmentId,
    actionIds: input.actionIds,
    channels: input.channels,
    momentRules: input.momentRules.map(({ condition, ...rule }, i) => ({
      ...rule,
      condition: condition === undefined ? null : parseRule(condition, `strategy.momentRules.${i}.condition`),
    })),
    holdoutBasisPoints: input.holdoutBasisPoints,
    explorationBasisPoints: input.explorationBasisPoints,
    startsAt: input.startsAt ?? null,
    endsAt: input.endsAt ?? null,
    quota: input.quota,
    scenario: input.scenario ?? null,
    productId: input.productId,
    cells: input.cells,
    quotaUses: input.quotaUses,
    evaluationPlan: input.evaluationPlan
      ? { ...input.evaluationPlan, reviewAt: input.evaluationPlan.reviewAt ?? null }
      : null,
    templateId: '',
  };
}
