import { invalid } from '@tidegate/errors';
import { inspectRule, parseRule } from '@tidegate/rules';
import type { EngagementLevel, EngagementScope } from './engagement';
import { allKnown, type CompiledRule, type RuleContext } from './past-facts';
import { RuleReader } from './rule-reads';

export const ENGAGEMENT_SCOPES = ['issue', 'group'] as const satisfies readonly EngagementScope[];

/** Engagement policy 经营准入 of one business issue or product group, as stored; null rules are always true. */
export interface EngagementPolicy {
  scope: EngagementScope;
  key: string;
  eligibility: unknown;
  applicability: unknown;
  suitability: unknown;
  version: number;
}

/**
 * Compiles the policy's rules. They hold for whatever strategy names the issue or group, so they stand on the customer alone: a segment may
 * change under them.
 * @throws RULE_INVALID when a rule is none; VALIDATION_FAILED when it asks about segments
 */
export function compileEngagement(policy: EngagementPolicy, context: RuleContext): EngagementLevel {
  const rules = new RuleReader(context);
  const compile = (rule: unknown, at: string): CompiledRule => {
    if (rule !== undefined && rule !== null && inspectRule(parseRule(rule, at)).segments.length > 0) {
      throw invalid([{ field: `policy.${at}`, description: 'must not ask about segments' }]);
    }
    return rules.compile(rule, at);
  };
  const eligibility = compile(policy.eligibility, 'eligibility');
  const applicability = compile(policy.applicability, 'applicability');
  const suitability = compile(policy.suitability, 'suitability');
  const { scope, key, version } = policy;
  return {
    ...{ scope, key, version, reads: rules.reads },
    isEligible: eligibility.accepts,
    isApplicable: applicability.accepts,
    isSuitable: suitability.accepts,
    isPastKnown: allKnown([eligibility, applicability, suitability]),
  };
}
