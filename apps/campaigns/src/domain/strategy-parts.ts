import { expandSegments, inspectRule, type ExpandedRule, type Rule } from '@tidegate/rules';
import type { Action, ActionDraft, Treatment } from './action';
import type { WordList } from './copy/word-list';
import { isUsableBy } from './org-path';
import type { Script } from './script';
import type { Segment } from './segment';
import type { StrategyContent } from './strategy';
import type { MapCell } from './strategy-map';

/** What `benefits` says of a stock. */
export interface StockFacts {
  orgPath: string;
  isOpen: boolean;
  /** Null without an end. */
  claimEndsAt: Date | null;
  leftCount: number;
}

/** What `arbitration` says of a quota. */
export interface QuotaFacts {
  orgPath: string;
  limitAmount: number;
  freeAmount: number;
  period: string;
}

/** What `leads` says of a queue. */
export interface QueueFacts {
  orgPath: string;
  channel: string;
}

/** What a strategy refers to, as it is now; what is not there is left out. */
export interface StrategyParts {
  actions: ReadonlyMap<string, Action>;
  /** Script id → newest version and owner. */
  scripts: ReadonlyMap<string, { version: number; orgPath: string }>;
  /** `scriptKey` → the version spoken. */
  scriptTexts: ReadonlyMap<string, Script>;
  /** By id every segment named anywhere, through others too. */
  segments: ReadonlyMap<string, Segment>;
  stocks: ReadonlyMap<string, StockFacts>;
  quotas: ReadonlyMap<string, QuotaFacts>;
  queues: ReadonlyMap<string, QueueFacts>;
  /** How many customers the audience has now; null where nobody was asked. */
  audienceSize: number | null;
  wordLists: readonly WordList[];
}

/** What a strategy says and to whom: all that it takes to compile it. */
export type ContentParts = Pick<StrategyParts, 'actions' | 'scripts' | 'scriptTexts' | 'segments'>;

export const scriptKey = (scriptId: string, version: number): string => `${scriptId}@${version}`;

/** The strategy's actions that exist, in its order, each once. */
export const actionsOf = (content: StrategyContent, parts: Pick<StrategyParts, 'actions'>): Action[] =>
  [...new Set(content.actionIds)].flatMap((id) => parts.actions.get(id) ?? []);

/** The same with the cells of its map put over their treatments: what is really said and given. */
export const offeredActions = (content: StrategyContent, parts: Pick<StrategyParts, 'actions'>): Action[] =>
  actionsOf(content, parts).map((action) => offered(action, content.cells));

/** An action as a strategy offers it. */
export const offered = (action: Action, cells: readonly MapCell[]): Action => ({
  ...action,
  treatments: action.treatments.map((treatment) => withCell(treatment, cellOf(action.actionId, treatment, cells))),
});

const withCell = (treatment: Treatment, cell: MapCell | undefined): Treatment => ({
  ...treatment,
  scriptId: cell?.scriptId || treatment.scriptId,
  benefitStockId: cell?.benefitStockId || treatment.benefitStockId,
});

export const cellOf = (
  actionId: string,
  { channel }: Pick<Treatment, 'channel'>,
  cells: readonly MapCell[],
): MapCell | undefined => cells.find((cell) => cell.actionId === actionId && cell.channel === channel);

/** The version of a script that the strategy speaks: the one a cell binds, else the newest; 0 for one that there is not. */
export function spokenVersion(
  content: Pick<StrategyContent, 'cells'>,
  parts: Pick<StrategyParts, 'scripts'>,
  scriptId: string,
): number {
  const bound = content.cells.find((cell) => cell.scriptId === scriptId && cell.scriptVersion > 0);
  return bound?.scriptVersion ?? parts.scripts.get(scriptId)?.version ?? 0;
}

/** The audience as a rule; null for everybody. */
export const audienceOf = (content: StrategyContent): Rule | null =>
  content.segmentId === '' ? null : { segment: content.segmentId };

export const engagementRulesOf = (action: ActionDraft): (Rule | null)[] => [
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

/** The segments that a rule names itself and that are not for the organisation to use; what a segment names is part of it. */
export const foreignSegments = (rule: Rule, orgPath: string, parts: Pick<StrategyParts, 'segments'>): string[] =>
  segmentsNamed([rule]).filter((segmentId) => {
    const segment = parts.segments.get(segmentId);
    return segment !== undefined && !isUsableBy(segment.orgPath, orgPath);
  });

/** The rule with no segment reference left. @throws as expandSegments does */
export const inlined = (rule: Rule, parts: Pick<StrategyParts, 'segments'>): ExpandedRule =>
  expandSegments(rule, (segmentId) => parts.segments.get(segmentId)?.rule);
