import { describeRule, type Rule } from '@tidegate/rules';
import type { Action } from './action';
import type { MomentRule } from './moment-rule';
import type { Script } from './script';
import type { StrategyVersion } from './strategy';

/** One version with what it says: the actions it offers and the scripts it speaks. */
export interface DiffSide {
  version: StrategyVersion;
  actions: readonly Action[];
  scripts: readonly Script[];
}

export interface StrategyDifference {
  field: string;
  kind: 'added' | 'removed' | 'changed' | 'moved';
  /** As a person reads it; empty when there was none. */
  before: string;
  after: string;
  text: string;
}

/** A side as a list of what can be said of it: path, what a person calls it, and its value in words. */
type Facts = Map<string, { label: string; value: string }>;

/** What a person should know of the change from one version to another, in the order of the strategy. */
export function diffStrategies(from: DiffSide, to: DiffSide): StrategyDifference[] {
  const [before, after] = [factsOf(from), factsOf(to)];
  const paths = [...after.keys(), ...[...before.keys()].filter((path) => !after.has(path))];
  return paths.flatMap((path) => {
    const [old, next] = [before.get(path), after.get(path)];
    if (old?.value === next?.value) return [];
    const label = (next ?? old)?.label ?? path;
    return [difference(path, label, old?.value ?? '', next?.value ?? '')];
  });
}

function difference(field: string, label: string, before: string, after: string): StrategyDifference {
  if (before === '') return { field, kind: 'added', before, after, text: `${label} is added: ${after}.` };
  if (after === '') return { field, kind: 'removed', before, after, text: `${label} is removed; it was ${before}.` };
  const isMoved = field === 'channels' && sorted(before) === sorted(after);
  const text = isMoved
    ? `${label}: the order is now ${after}; it was ${before}.`
    : `${label} changes from ${before} to ${after}.`;
  return { field, kind: isMoved ? 'moved' : 'changed', before, after, text };
}

const sorted = (list: string): string => list.split(' > ').sort().join();

function factsOf({ version, actions, scripts }: DiffSide): Facts {
  const facts: Facts = new Map();
  const add = (path: string, label: string, value: string): void => {
    if (value !== '') facts.set(path, { label, value });
  };
  addTerms(version, add);
  for (const rule of version.momentRules)
    add(`momentRules.${rule.ruleId}`, `Moment rule ${rule.ruleId}`, inWords(rule));
  for (const { quotaId, amount, actionIds, channels } of version.quotaUses) {
    const where = [...actionIds, ...channels].join(', ') || 'every choice';
    add(`quotaUses.${quotaId}`, `Quota ${quotaId}`, `${amount} for ${where}`);
  }
  for (const action of actions) addAction(action, add);
  for (const script of scripts) addScript(script, add);
  return facts;
}

type Add = (path: string, label: string, value: string) => void;

function addTerms(version: StrategyVersion, add: Add): void {
  const { scenario, evaluationPlan: plan } = version;
  add('name', 'The name', quoted(version.name));
  add('segmentId', 'The segment', version.segmentId);
  add('scenario', 'The scenario', scenario ? `${scenario.kind} ${scenario.name}` : '');
  add('productId', 'The product', version.productId);
  add('actionIds', 'The list of actions', version.actionIds.join(', '));
  add('channels', 'The channel order', version.channels.join(' > '));
  add('startsAt', 'The start', version.startsAt?.toISOString() ?? '');
  add('endsAt', 'The end', version.endsAt?.toISOString() ?? '');
  add('quota', 'The quota in all', version.quota > 0 ? String(version.quota) : '');
  add('holdoutBasisPoints', 'The control group', percent(version.holdoutBasisPoints));
  add('explorationBasisPoints', 'The random share', percent(version.explorationBasisPoints));
  if (plan === null) return;
  const lift = percent(plan.expectedLiftBasisPoints);
  const size = plan.minGroupSize > 0 ? `, groups of at least ${plan.minGroupSize}` : '';
  const review = plan.reviewAt ? `, review on ${plan.reviewAt.toISOString()}` : '';
  const value = `${plan.successOutcome} within ${plan.windowDays} days, lift ${lift}${size}${review}`;
  add('evaluationPlan', 'The evaluation plan', value);
}

function addAction(action: Action, add: Add): void {
  const at = `actions.${action.actionId}`;
  const name = `action ${action.actionId}`;
  add(`${at}.name`, `The name of ${name}`, quoted(action.name));
  add(`${at}.value`, `The value of ${name}`, `${action.valueMinor / 100} ${action.currency}`);
  add(`${at}.lever`, `The lever of ${name}`, `${action.leverPercent} %`);
  add(`${at}.modelSlot`, `The model of ${name}`, action.modelSlot);
  for (const policy of ['eligibility', 'applicability', 'suitability'] as const) {
    add(`${at}.${policy}`, `The ${policy} of ${name}`, ruleInWords(action[policy]));
  }
  for (const treatment of action.treatments) {
    const path = `${at}.treatments.${treatment.channel}`;
    const what = `${name} on ${treatment.channel}`;
    add(`${path}.title`, `The title of ${what}`, quoted(treatment.title));
    add(`${path}.body`, `The text of ${what}`, quoted(treatment.body));
    add(`${path}.script`, `The script of ${what}`, treatment.scriptId);
    add(`${path}.queue`, `The queue of ${what}`, treatment.queue);
    add(`${path}.benefit`, `The benefit of ${what}`, treatment.benefitStockId);
    add(`${path}.weight`, `The context weight of ${what}`, String(treatment.contextWeight || 1));
  }
}

function addScript(script: Script, add: Add): void {
  const at = `scripts.${script.scriptId}`;
  const name = `script ${script.scriptId}`;
  add(`${at}.version`, `The version of ${name}`, String(script.version));
  add(`${at}.opening`, `The opening of ${name}`, quoted(script.opening));
  script.talkingPoints.forEach((text, i) => add(`${at}.talkingPoints.${i}`, `Point ${i + 1} of ${name}`, quoted(text)));
  for (const { objection, answer } of script.objections) {
    add(`${at}.objections.${objection}`, `The answer to "${objection}" in ${name}`, quoted(answer));
  }
  add(`${at}.nextStep`, `The next step of ${name}`, quoted(script.nextStep));
}

function inWords(rule: MomentRule): string {
  const { kind, factType, dateField, offsetDays, isYearly, condition, actionIds, cooldownDays } = rule;
  const days = offsetDays === 0 ? 'on' : `${Math.abs(offsetDays)} days ${offsetDays < 0 ? 'before' : 'after'}`;
  const when = kind === 'threshold' ? `on a fact ${factType}` : `${days} ${dateField}${isYearly ? ' every year' : ''}`;
  const condensed = condition === null ? '' : ` when ${ruleInWords(condition)}`;
  const pause = cooldownDays > 0 ? `, at most once in ${cooldownDays} days` : '';
  return `${when}${condensed}, offering ${actionIds.join(', ')}${pause}`;
}

/** As part of a sentence. */
const ruleInWords = (rule: Rule | null): string =>
  rule === null
    ? ''
    : describeRule(rule)
        .replace(/^Customers where /, '')
        .replace(/\.$/, '');
const percent = (basisPoints: number): string => `${basisPoints / 100} %`;
const quoted = (text: string): string => (text === '' ? '' : `"${text}"`);
