import { inspectRule, type Rule } from '@tidegate/rules';
import { Findings, type Finding } from './finding';
import type { StrategyContent } from './strategy';
import { rankedCurrencies, type LiveCurrencies } from './ranked-currencies';
import { audienceOf, engagementRulesOf, inlined, offeredActions, type StrategyParts } from './strategy-parts';

/** What a maker should know before publishing; it does not keep the strategy from review. */
export function findStrategyHints(
  content: StrategyContent,
  parts: StrategyParts,
  rivals: readonly LiveCurrencies[],
): Finding[] {
  const findings = new Findings();
  const { scenario, productId, evaluationPlan, holdoutBasisPoints, momentRules, quota } = content;
  findings.when(scenario === null, 'strategy.scenario', 'SCENARIO_MISSING', 'The map names no scenario.');
  findings.when(productId === '', 'strategy.productId', 'PRODUCT_MISSING', 'The map names no product.');
  const noPlan = evaluationPlan === null;
  findings.when(noPlan, 'strategy.evaluationPlan', 'EVALUATION_MISSING', 'Nothing says how it will be judged.');
  const noControl = !noPlan && holdoutBasisPoints === 0;
  const text = 'Without a control group the plan compares with nothing.';
  findings.when(noControl, 'strategy.holdoutBasisPoints', 'EVALUATION_WITHOUT_CONTROL', text);
  hintGroups(content, parts, findings);
  const isWaiting = parts.audienceSize === 0 && momentRules.length > 0;
  findings.when(isWaiting, 'strategy.segmentId', 'SEGMENT_EMPTY_NOW', 'The segment selects nobody yet.');
  hintEvents(content, parts, findings);
  hintCurrencies(content, parts, rivals, findings);
  for (const stockId of new Set(
    offeredActions(content, parts).flatMap(({ treatments }) => treatments.map(stockIdOf)),
  )) {
    const left = parts.stocks.get(stockId)?.leftCount ?? Infinity;
    const isShort = quota > 0 && left < quota;
    findings.when(isShort, 'strategy.quota', 'BENEFIT_BELOW_QUOTA', `Benefit stock ${stockId} has ${left} left.`);
  }
  return findings.all;
}

/** Groups that the audience of today cannot fill to the size that the plan wants before a verdict. */
function hintGroups(
  { evaluationPlan, holdoutBasisPoints }: StrategyContent,
  { audienceSize }: StrategyParts,
  findings: Findings,
): void {
  if (evaluationPlan === null || holdoutBasisPoints === 0 || audienceSize === null) return;
  const controlCount = Math.floor((audienceSize * holdoutBasisPoints) / BASIS_POINTS);
  const smallest = Math.min(controlCount, audienceSize - controlCount);
  const text = `Of ${audienceSize} customers the smaller group has about ${smallest}; the plan wants ${evaluationPlan.minGroupSize}.`;
  const isSmall = smallest < evaluationPlan.minGroupSize;
  findings.when(isSmall, 'strategy.evaluationPlan.minGroupSize', 'EVALUATION_GROUP_TOO_SMALL', text);
}

/** Live strategies that the same customers may meet, whose values are in another currency. */
function hintCurrencies(
  content: StrategyContent,
  parts: StrategyParts,
  rivals: readonly LiveCurrencies[],
  findings: Findings,
): void {
  const own = rankedCurrencies(offeredActions(content, parts));
  const other = rivals.find(({ currencies }) => currencies.some((currency) => !own.includes(currency)));
  if (own.length === 0 || other === undefined) return;
  const text = `Values are compared as they are, ${own.join(', ')} here with ${other.currencies.join(', ')} of strategy ${other.strategyId}.`;
  findings.add('strategy.actionIds', 'CURRENCIES_DIFFER', text);
}

const BASIS_POINTS = 10_000;
const stockIdOf = ({ benefitStockId }: { benefitStockId: string }): string => benefitStockId;

/** Decisions answer over past events once these are counted of the whole base; until then the customers are left alone. */
function hintEvents(content: StrategyContent, parts: StrategyParts, findings: Findings): void {
  const countsEvents = (rule: Rule): boolean => inspectRule(inlined(rule, parts)).events.length > 0;
  const text = 'It counts past events: decisions begin when these are counted (see event counters).';
  const audience = audienceOf(content);
  if (audience !== null && parts.segments.has(content.segmentId)) {
    findings.when(countsEvents(audience), 'strategy.segmentId', 'AUDIENCE_COUNTS_EVENTS', text);
  }
  for (const [i, actionId] of content.actionIds.entries()) {
    const action = parts.actions.get(actionId);
    const rules = action === undefined ? [] : engagementRulesOf(action).filter((rule) => rule !== null);
    findings.catching(`strategy.actionIds.${i}`, () => {
      findings.when(rules.some(countsEvents), `strategy.actionIds.${i}`, 'RULE_COUNTS_EVENTS', text);
    });
  }
}
