import type { Action, MomentRule as MomentRuleMessage } from '@tidegate/contracts/campaigns/v1/campaigns';
import type { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import type { ActionSnapshot, StrategySnapshot } from '../domain/compile-strategy';
import type { MomentRule } from '../domain/strategy';

/** A published strategy as told by campaigns; null when the event carries none. */
export function toSnapshot({ snapshot }: StrategyChanged): StrategySnapshot | null {
  const strategy = snapshot?.strategy;
  if (snapshot === undefined || strategy === undefined) return null;
  return {
    strategyId: strategy.strategyId,
    version: strategy.version,
    revision: snapshot.revision,
    orgPath: strategy.orgPath,
    state: strategy.state,
    startsAt: strategy.startsAt ?? null,
    endsAt: strategy.endsAt ?? null,
    holdoutBasisPoints: strategy.holdoutBasisPoints,
    explorationBasisPoints: strategy.explorationBasisPoints,
    quota: strategy.quota,
    channels: strategy.channels,
    momentActionIds: [...new Set(strategy.momentRules.flatMap(({ actionIds }) => actionIds))],
    momentRules: strategy.momentRules.map(toMomentRule),
    audience: snapshot.audience ?? null,
    actions: snapshot.actions.map(toAction),
    scriptVersions: snapshot.scriptVersions,
    quotaUses: strategy.quotaUses,
  };
}

const toMomentRule = ({ maxAgeSeconds: _age, condition, ...rule }: MomentRuleMessage): MomentRule => ({
  ...rule,
  condition: condition ?? null,
});

const toAction = (action: Action): ActionSnapshot => ({
  actionId: action.actionId,
  issue: action.issue,
  group: action.group,
  purpose: action.purpose,
  valueMinor: action.valueMinor,
  leverPercent: action.leverPercent,
  modelSlot: action.modelSlot,
  eligibility: action.eligibility ?? null,
  applicability: action.applicability ?? null,
  suitability: action.suitability ?? null,
  treatments: action.treatments.map(({ channel, title, body, scriptId, queue, benefitStockId, contextWeight }) => ({
    channel,
    title,
    body,
    scriptId,
    queue,
    benefitStockId,
    contextWeight,
  })),
});
