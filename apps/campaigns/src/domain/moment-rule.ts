import type { Rule } from '@tidegate/rules';

export const MOMENT_KINDS = ['threshold', 'date_relative'] as const;
export type MomentKind = (typeof MOMENT_KINDS)[number];

/** A moment of truth 关键时刻 rule: on a fact (threshold), or on a date of the customer (date_relative). */
export interface MomentRule {
  ruleId: string;
  kind: MomentKind;
  /** threshold: the type of the facts it looks at. */
  factType: string;
  /** Over `event.*` (threshold) and customer fields; unset means always. */
  condition: Rule | null;
  /** date_relative: `birth_date` or `attributes.<key>`. */
  dateField: string;
  /** date_relative: days before (negative) or after the date. */
  offsetDays: number;
  isYearly: boolean;
  actionIds: string[];
  /** A customer fires the rule at most once in so many days; 0 for no limit. */
  cooldownDays: number;
  /** threshold: facts older than this when they were accepted do not fire; 0 for no limit. */
  maxAgeSeconds: number;
}

/** A rule's name across strategies and their versions: a cooldown outlives a new version. */
export const momentRuleKey = (strategyId: string, ruleId: string): string => `${strategyId}/${ruleId}`;
