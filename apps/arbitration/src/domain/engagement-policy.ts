import { invalid } from '@tidegate/errors';
import { compilePredicate, inspectRule, parseRule, type RulePredicate } from '@tidegate/rules';
import type { EngagementRules, EngagementScope } from './engagement';

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

const always: RulePredicate = () => true;

/**
 * Compiles the policy's rules. They hold for whatever strategy names the issue or group, so they stand on the customer alone: a segment may
 * change under them, and decision facts hold no past events.
 * @throws RULE_INVALID when a rule is none; VALIDATION_FAILED when it asks about segments or events
 */
export function compileEngagement(policy: EngagementPolicy, utcOffsetMinutes: number): EngagementRules {
  const compile = (rule: unknown, at: string): RulePredicate => {
    if (rule === undefined || rule === null) return always;
    const parsed = parseRule(rule, at);
    const usage = inspectRule(parsed);
    if (usage.segments.length > 0 || usage.events.length > 0) {
      throw invalid([{ field: `policy.${at}`, description: 'must not ask about segments or past events' }]);
    }
    return compilePredicate(parsed, { utcOffsetMinutes });
  };
  return {
    isEligible: compile(policy.eligibility, 'eligibility'),
    isApplicable: compile(policy.applicability, 'applicability'),
    isSuitable: compile(policy.suitability, 'suitability'),
  };
}
