import { decimalText } from '@tidegate/money';
import { describeRule, RULE_LIMITS, type Rule } from '@tidegate/rules';
import type { Action } from './action';
import type { MomentRule } from './moment-rule';
import type { Script } from './script';
import type { StrategyVersion } from './strategy';
import type { ResolvedStrategy } from './strategy-snapshot';

/** One version with what it says: the actions it offers, whom it means, and the scripts it speaks. */
export interface DiffSide {
  version: StrategyVersion;
  content: ResolvedStrategy<Rule>;
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

interface Fact {
  /** What a person calls it. */
  label: string;
  value: string;
  /** What tells two values apart that read alike. */
  exact: string;
}

/** A side as a list of what can be said of it, by path. */
type Facts = Map<string, Fact>;

/** What a person should know of the change from one version to another, in the order of the strategy. */
export function diffStrategies(from: DiffSide, to: DiffSide): StrategyDifference[] {
  const [before, after] = [factsOf(from), factsOf(to)];
  const paths = [...after.keys(), ...[...before.keys()].filter((path) => !after.has(path))];
  return paths.flatMap((path) => {
    const [old, next] = [before.get(path), after.get(path)];
    if (old?.exact === next?.exact) return [];
    const label = (next ?? old)?.label ?? path;
    const said = old?.value === next?.value ? 'exact' : 'value';
    return [difference(path, label, old?.[said] ?? '', next?.[said] ?? '')];
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

function factsOf({ version, content, scripts }: DiffSide): Facts {
  const facts: Facts = new Map();
  const add: Add = (path, label, value, exact = value) => {
    if (value === '') return;
    // A quota may be taken twice, an objection be answered in two ways: the one path then says both.
    const said = facts.get(path);
    if (said === undefined) facts.set(path, { label, value, exact });
    else facts.set(path, { label, value: `${said.value}; ${value}`, exact: `${said.exact}; ${exact}` });
  };
  addTerms(version, add);
  addRule('audience', 'The audience', content.audience, add);
  for (const rule of content.momentRules) {
    const exact = `${inWords(rule)} ${JSON.stringify(rule.condition)}`;
    add(`momentRules.${rule.ruleId}`, `Moment rule ${rule.ruleId}`, inWords(rule), exact);
  }
  for (const { quotaId, amount, actionIds, channels } of version.quotaUses) {
    const where = [...actionIds, ...channels].join(', ') || 'every choice';
    add(`quotaUses.${quotaId}`, `Quota ${quotaId}`, `${amount} for ${where}`);
  }
  for (const action of content.actions) addAction(action, add);
  for (const script of scripts) addScript(script, add);
  return facts;
}

type Add = (path: string, label: string, value: string, exact?: string) => void;

const addRule = (path: string, label: string, rule: Rule | null, add: Add): void => {
  if (rule !== null) add(path, label, ruleInWords(rule), JSON.stringify(rule));
};

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
  add(`${at}.orgPath`, `The owner of ${name}`, action.orgPath);
  add(`${at}.purpose`, `The purpose of ${name}`, action.purpose);
  add(`${at}.issue`, `The issue of ${name}`, quoted(action.issue));
  add(`${at}.group`, `The group of ${name}`, quoted(action.group));
  add(`${at}.value`, `The value of ${name}`, `${decimalText(action.valueMinor, action.currency)} ${action.currency}`);
  add(`${at}.lever`, `The lever of ${name}`, `${action.leverPercent} %`);
  add(`${at}.modelSlot`, `The model of ${name}`, action.modelSlot);
  for (const policy of ['eligibility', 'applicability', 'suitability'] as const) {
    addRule(`${at}.${policy}`, `The ${policy} of ${name}`, action[policy], add);
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
  add(`${at}.orgPath`, `The owner of ${name}`, script.orgPath);
  add(`${at}.title`, `The title of ${name}`, quoted(script.title));
  add(`${at}.opening`, `The opening of ${name}`, quoted(script.opening));
  script.talkingPoints.forEach((text, i) => add(`${at}.talkingPoints.${i}`, `Point ${i + 1} of ${name}`, quoted(text)));
  for (const { objection, answer } of script.objections) {
    add(`${at}.objections.${objection}`, `The answer to "${objection}" in ${name}`, quoted(answer));
  }
  add(`${at}.nextStep`, `The next step of ${name}`, quoted(script.nextStep));
}

function inWords(rule: MomentRule): string {
  const { kind, factType, dateField, offsetDays, isYearly, condition, actionIds } = rule;
  const days = offsetDays === 0 ? 'on' : `${Math.abs(offsetDays)} days ${offsetDays < 0 ? 'before' : 'after'}`;
  const when = kind === 'threshold' ? `on a fact ${factType}` : `${days} ${dateField}${isYearly ? ' every year' : ''}`;
  const condensed = condition === null ? '' : ` when ${ruleInWords(condition)}`;
  const pause = rule.cooldownDays > 0 ? `, at most once in ${rule.cooldownDays} days` : '';
  const age = rule.maxAgeSeconds > 0 ? `, for facts no older than ${rule.maxAgeSeconds} seconds` : '';
  return `${when}${condensed}, offering ${actionIds.join(', ')}${pause}${age}`;
}

/** As part of a sentence, with every value of its lists. */
const ruleInWords = (rule: Rule): string =>
  describeRule(rule, { listedMax: RULE_LIMITS.list })
    .replace(/^Customers where /, '')
    .replace(/\.$/, '');
const percent = (basisPoints: number): string => `${basisPoints / 100} %`;
const quoted = (text: string): string => (text === '' ? '' : `"${text}"`);
