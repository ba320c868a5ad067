import { inspectRule, parseDateField } from '@tidegate/rules';
import type { Findings } from './finding';
import type { MomentRule } from './moment-rule';
import { findForeignSegments } from './segment-findings';
import type { StrategyContent } from './strategy';
import { inlined, type StrategyParts } from './strategy-parts';

const OFFSET_DAYS_MAX = 3_660;
const COOLDOWN_DAYS_MAX = 3_660;
const COUNTS_MAX = 16;

/** What is wrong with the strategy's moment rules. */
export function findMomentFaults(
  content: StrategyContent,
  orgPath: string,
  parts: StrategyParts,
  findings: Findings,
): void {
  const ids = content.momentRules.map((rule) => rule.ruleId);
  for (const [i, rule] of content.momentRules.entries()) {
    const at = `strategy.momentRules.${i}`;
    const isTwice = ids.indexOf(rule.ruleId) !== i;
    findings.when(isTwice, `${at}.ruleId`, 'MOMENT_RULE_TWICE', `Rule ${rule.ruleId} is there twice.`);
    checkActions(rule, content, at, findings);
    checkRange(rule.cooldownDays, 0, COOLDOWN_DAYS_MAX, `${at}.cooldownDays`, 'COOLDOWN_OUT_OF_RANGE', findings);
    findings.when(rule.maxAgeSeconds < 0, `${at}.maxAgeSeconds`, 'MAX_AGE_NEGATIVE', 'It is 0 (no limit) or more.');
    if (rule.kind === 'threshold') checkThreshold(rule, at, findings);
    else checkDateRelative(rule, at, findings);
    checkCondition(rule, at, orgPath, parts, findings);
  }
}

function checkActions(rule: MomentRule, content: StrategyContent, at: string, findings: Findings): void {
  const isNone = rule.actionIds.length === 0;
  findings.when(isNone, `${at}.actionIds`, 'MOMENT_ACTION_MISSING', 'A moment rule needs an action to offer.');
  for (const [i, actionId] of rule.actionIds.entries()) {
    const isForeign = !content.actionIds.includes(actionId);
    const text = `Action ${actionId} is none of the strategy's.`;
    findings.when(isForeign, `${at}.actionIds.${i}`, 'MOMENT_ACTION_UNKNOWN', text);
  }
}

function checkThreshold(rule: MomentRule, at: string, findings: Findings): void {
  const isMissing = rule.factType === '';
  findings.when(isMissing, `${at}.factType`, 'FACT_TYPE_MISSING', 'A threshold rule needs the type of its facts.');
}

function checkDateRelative(rule: MomentRule, at: string, findings: Findings): void {
  const isUnknown = parseDateField(rule.dateField) === null;
  const text = 'It must be birth_date or attributes.<key>.';
  findings.when(isUnknown, `${at}.dateField`, 'DATE_FIELD_UNKNOWN', text);
  checkRange(rule.offsetDays, -OFFSET_DAYS_MAX, OFFSET_DAYS_MAX, `${at}.offsetDays`, 'OFFSET_OUT_OF_RANGE', findings);
}

function checkCondition(rule: MomentRule, at: string, orgPath: string, parts: StrategyParts, findings: Findings): void {
  const { condition } = rule;
  if (condition === null) return;
  const field = `${at}.condition`;
  findForeignSegments(condition, field, orgPath, parts, findings);
  findings.catching(field, () => {
    const usage = inspectRule(inlined(condition, parts));
    const isHeavy = usage.events.length > COUNTS_MAX;
    findings.when(isHeavy, field, 'CONDITION_COUNTS_TOO_MUCH', `At most ${COUNTS_MAX} conditions count past events.`);
    const hasFact = usage.fields.some((name) => name.startsWith('event.'));
    const isPointless = hasFact && rule.kind === 'date_relative';
    findings.when(isPointless, field, 'CONDITION_READS_EVENT', 'A date comes without a fact: event.* is never there.');
  });
}

function checkRange(value: number, min: number, max: number, field: string, code: string, findings: Findings): void {
  findings.when(value < min || value > max, field, code, `It must be ${min} to ${max} days.`);
}
