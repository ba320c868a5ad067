import type * as rpc from '@tidegate/contracts/campaigns/v1/campaigns';
import type { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import type { MomentRule } from '../domain/moment-rule';
import type { Strategy, StrategyVersion } from '../domain/strategy';
import type { StrategySnapshot } from '../domain/strategy-snapshot';
import { toActionMessage, toStruct } from './action.message';

export function toStrategyMessage(
  { strategyId, orgPath }: Pick<Strategy, 'strategyId' | 'orgPath'>,
  { makerIds: _makerIds, scenario, evaluationPlan, ...version }: StrategyVersion,
): rpc.Strategy {
  return {
    ...version,
    strategyId,
    orgPath,
    momentRules: version.momentRules.map(toMomentRuleMessage),
    startsAt: version.startsAt ?? undefined,
    endsAt: version.endsAt ?? undefined,
    publishedAt: version.publishedAt ?? undefined,
    scenario: scenario ?? undefined,
    evaluationPlan: evaluationPlan ? { ...evaluationPlan, reviewAt: evaluationPlan.reviewAt ?? undefined } : undefined,
  };
}

const toMomentRuleMessage = (rule: MomentRule): rpc.MomentRule => ({ ...rule, condition: toStruct(rule.condition) });

/** The snapshot as others get it: its moment rules have their segments put in too. */
export function toStrategyChanged(snapshot: StrategySnapshot): StrategyChanged {
  const { version, compiled, revision } = snapshot;
  return {
    snapshot: {
      strategy: toStrategyMessage(snapshot, { ...version, momentRules: compiled.momentRules }),
      actions: compiled.actions.map(toActionMessage),
      audience: toStruct(compiled.audience),
      scriptVersions: compiled.scriptVersions,
      revision,
    },
  };
}
