import type { ExpandedRule, Rule } from '@tidegate/rules';
import type { Action } from './action';
import type { MomentRule } from './moment-rule';
import type { Strategy, StrategyVersion } from './strategy';
import { audienceOf, inlined, offeredActions, spokenVersion, type StrategyParts } from './strategy-parts';

/** What a published strategy refers to, put in its place: nothing has to be asked any more. */
export interface CompiledStrategy {
  actions: Action[];
  /** Null for everybody. */
  audience: ExpandedRule | null;
  momentRules: MomentRule[];
  /** Script id → the version spoken. */
  scriptVersions: Record<string, number>;
}

/** A live strategy in full, as it is told to others. */
export interface StrategySnapshot {
  strategyId: string;
  orgPath: string;
  version: StrategyVersion;
  compiled: CompiledStrategy;
  revision: number;
}

/**
 * Resolves actions with the map's cells put over them, and scripts, and puts segments' rules in place of their ids.
 * @throws as expandSegments does; a strategy without findings compiles
 */
export function compileStrategy(version: StrategyVersion, parts: StrategyParts): CompiledStrategy {
  const inline = (rule: Rule | null): ExpandedRule | null => (rule === null ? null : inlined(rule, parts));
  const actions = offeredActions(version, parts).map((action) => ({
    ...action,
    eligibility: inline(action.eligibility),
    applicability: inline(action.applicability),
    suitability: inline(action.suitability),
  }));
  const scriptVersions: Record<string, number> = {};
  for (const { scriptId } of actions.flatMap((action) => action.treatments)) {
    const spoken = spokenVersion(version, parts, scriptId);
    if (spoken > 0) scriptVersions[scriptId] = spoken;
  }
  return {
    actions,
    audience: inline(audienceOf(version)),
    momentRules: version.momentRules.map((rule) => ({ ...rule, condition: inline(rule.condition) })),
    scriptVersions,
  };
}

/** The snapshot of the live version, with the state and revision it has now. */
export function snapshotOf(strategy: Strategy, compiled: CompiledStrategy): StrategySnapshot {
  if (strategy.live === null) throw new Error(`strategy ${strategy.strategyId} is not live`);
  const { strategyId, orgPath, revision, live } = strategy;
  return { strategyId, orgPath, version: live, compiled, revision };
}
