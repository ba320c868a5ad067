import { DomainError } from '@tidegate/errors';
import type { ExpandedRule, Rule } from '@tidegate/rules';
import type { Action } from './action';
import type { MomentRule } from './moment-rule';
import type { Strategy, StrategyVersion } from './strategy';
import {
  audienceOf,
  foreignSegments,
  inlined,
  offeredActions,
  spokenVersion,
  type ContentParts,
} from './strategy-parts';

/** What a strategy refers to, put in its place. */
export interface ResolvedStrategy<R extends Rule> {
  actions: Action[];
  /** Null for everybody. */
  audience: R | null;
  momentRules: MomentRule[];
  /** Script id → the version spoken. */
  scriptVersions: Record<string, number>;
  /** Segment id → the version put in, of all that are named, through others too. */
  segmentVersions: Record<string, number>;
}

/** As it is published: nothing has to be asked any more. */
export type CompiledStrategy = ResolvedStrategy<ExpandedRule>;

type CompiledParts = Omit<ContentParts, 'scriptTexts'>;

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
export const compileStrategy = (version: StrategyVersion, parts: CompiledParts): CompiledStrategy =>
  resolved(version, parts, (rule) => inlined(rule, parts));

/**
 * The same of a draft, which may be incomplete: a rule whose segments cannot be put in, or are not the strategy's to use, stays as it was
 * written.
 */
export const outlineStrategy = (
  version: StrategyVersion,
  orgPath: string,
  parts: CompiledParts,
): ResolvedStrategy<Rule> =>
  resolved<Rule>(version, parts, (rule) => {
    if (foreignSegments(rule, orgPath, parts).length > 0) return rule;
    try {
      return inlined(rule, parts);
    } catch (error) {
      if (error instanceof DomainError) return rule;
      throw error;
    }
  });

function resolved<R extends Rule>(
  version: StrategyVersion,
  parts: CompiledParts,
  inlineOf: (rule: Rule) => R,
): ResolvedStrategy<R> {
  const inline = (rule: Rule | null): R | null => (rule === null ? null : inlineOf(rule));
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
    segmentVersions: Object.fromEntries([...parts.segments].map(([id, { version: put }]) => [id, put])),
  };
}

/** The snapshot of the live version, with the state and revision it has now. */
export function snapshotOf(strategy: Strategy, compiled: CompiledStrategy): StrategySnapshot {
  if (strategy.live === null) throw new Error(`strategy ${strategy.strategyId} is not live`);
  const { strategyId, orgPath, revision, live } = strategy;
  return { strategyId, orgPath, version: live, compiled, revision };
}
