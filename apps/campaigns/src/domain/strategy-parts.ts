import { expandSegments, inspectRule, type ExpandedRule, type Rule } from '@tidegate/rules';
import type { Action } from './action';
import type { StrategyContent } from './strategy';

/** What a strategy refers to, as it is now; what is not there is left out. */
export interface StrategyParts {
  actions: ReadonlyMap<string, Action>;
  /** Script id → newest version and owner. */
  scripts: ReadonlyMap<string, { version: number; orgPath: string }>;
  /** Segment id → rule, of every segment named anywhere, through others too. */
  segmentRules: ReadonlyMap<string, Rule>;
}

/** The strategy's actions that exist, in its order, each once. */
export const actionsOf = (content: StrategyContent, parts: Pick<StrategyParts, 'actions'>): Action[] =>
  [...new Set(content.actionIds)].flatMap((id) => parts.actions.get(id) ?? []);

/** The audience as a rule; null for everybody. */
export const audienceOf = (content: StrategyContent): Rule | null =>
  content.segmentId === '' ? null : { segment: content.segmentId };

export const engagementRulesOf = (action: Action): (Rule | null)[] => [
  action.eligibility,
  action.applicability,
  action.suitability,
];

/** Every rule of a strategy, before segments are put in. */
export const rulesOf = (content: StrategyContent, actions: readonly Action[]): Rule[] =>
  [
    audienceOf(content),
    ...actions.flatMap(engagementRulesOf),
    ...content.momentRules.map((rule) => rule.condition),
  ].filter((rule) => rule !== null);

/** The segments that the rules name themselves, each once. */
export const segmentsNamed = (rules: readonly Rule[]): string[] => [
  ...new Set(rules.flatMap((rule) => inspectRule(rule).segments)),
];

/** The rule with no segment reference left. @throws as expandSegments does */
export const inlined = (rule: Rule, parts: StrategyParts): ExpandedRule =>
  expandSegments(rule, (segmentId) => parts.segmentRules.get(segmentId));
