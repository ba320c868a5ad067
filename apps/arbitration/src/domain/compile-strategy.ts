import { compilePredicate, inspectRule, parseRule, usesEvents, type RulePredicate } from '@tidegate/rules';
import { MARKETING } from './consent';
import { quotaUsesOf, type QuotaUseSnapshot } from './quota-uses';
import type { Strategy, StrategyAction, StrategyState, Treatment } from './strategy';

/** A treatment as the published snapshot carries it. */
export interface TreatmentSnapshot extends Omit<Treatment, 'scriptVersion' | 'quotaUses'> {}

export interface ActionSnapshot {
  actionId: string;
  /** Absent in snapshots of before it was told. */
  issue?: string;
  group: string;
  purpose: string;
  valueMinor: number;
  leverPercent: number;
  modelSlot: string;
  eligibility: unknown;
  applicability: unknown;
  suitability: unknown;
  treatments: TreatmentSnapshot[];
}

/** A published strategy, complete: segment rules put in, script versions bound. Plain data, as stored. */
export interface StrategySnapshot {
  strategyId: string;
  version: number;
  revision: number;
  orgPath: string;
  state: string;
  startsAt: Date | null;
  endsAt: Date | null;
  holdoutBasisPoints: number;
  explorationBasisPoints: number;
  quota: number;
  /** Order of preference; empty for those of the treatments. */
  channels: string[];
  momentActionIds: string[];
  audience: unknown;
  actions: ActionSnapshot[];
  scriptVersions: Record<string, number>;
  /** Absent in snapshots of before there were any. */
  quotaUses?: QuotaUseSnapshot[];
}

const always: RulePredicate = () => true;
const never: RulePredicate = () => false;

/**
 * Compiles a snapshot to closures, so that a decision parses nothing. A rule over past events is never true here: the decision facts
 * hold no events, and guessing would contact people that the rule leaves out.
 * @throws RULE_INVALID, RULE_SEGMENT_UNKNOWN when a rule is none
 */
export function compileStrategy(snapshot: StrategySnapshot, utcOffsetMinutes: number): Strategy {
  const [attributes, tags] = [new Set<string>(), new Set<string>()];
  const compile = (rule: unknown, at: string): RulePredicate => {
    if (rule === undefined || rule === null) return always;
    const parsed = parseRule(rule, at);
    const usage = inspectRule(parsed);
    for (const field of usage.fields) attributeNames(field).forEach((name) => attributes.add(name));
    usage.tags.forEach((tag) => tags.add(tag));
    return usesEvents(parsed) ? never : compilePredicate(parsed, { utcOffsetMinutes });
  };
  const compiled = {
    strategyId: snapshot.strategyId,
    version: snapshot.version,
    revision: snapshot.revision,
    orgPath: snapshot.orgPath,
    state: snapshot.state as StrategyState,
    startsAtMs: snapshot.startsAt?.getTime() ?? 0,
    endsAtMs: snapshot.endsAt?.getTime() ?? Infinity,
    holdoutBasisPoints: snapshot.holdoutBasisPoints,
    explorationBasisPoints: snapshot.explorationBasisPoints,
    quota: snapshot.quota,
    isInAudience: compile(snapshot.audience, 'audience'),
    momentActionIds: new Set(snapshot.momentActionIds),
    actions: snapshot.actions.map((action, index): StrategyAction => ({
      actionId: action.actionId,
      issue: action.issue ?? '',
      group: action.group,
      purpose: action.purpose || MARKETING,
      valueMinor: action.valueMinor,
      leverPercent: action.leverPercent,
      modelSlot: action.modelSlot,
      isEligible: compile(action.eligibility, `actions[${index}].eligibility`),
      isApplicable: compile(action.applicability, `actions[${index}].applicability`),
      isSuitable: compile(action.suitability, `actions[${index}].suitability`),
      treatments: treatmentsOf(action, snapshot),
    })),
  };
  return { ...compiled, reads: { attributes: [...attributes], tags: [...tags] } };
}

const ATTRIBUTE_FIELD = /^(?:attributes|daysSince|daysUntil)\.(.+)$/;

/** Names of the attributes behind a rule's field; the profile's own fields are kept anyway. */
function attributeNames(field: string): string[] {
  if (field === 'balanceMinor' || field === 'ownerId') return [field];
  const name = ATTRIBUTE_FIELD.exec(field)?.[1];
  return name === undefined ? [] : [name];
}

/** The treatments on the strategy's channels, in its order of preference. */
function treatmentsOf(action: ActionSnapshot, snapshot: StrategySnapshot): Treatment[] {
  const { channels, scriptVersions } = snapshot;
  const treatments = action.treatments.map((treatment) => ({
    ...treatment,
    scriptVersion: scriptVersions[treatment.scriptId] ?? 0,
    quotaUses: quotaUsesOf(snapshot.quotaUses ?? [], action.actionId, treatment.channel),
  }));
  if (channels.length === 0) return treatments;
  return treatments
    .filter(({ channel }) => channels.includes(channel))
    .sort((left, right) => channels.indexOf(left.channel) - channels.indexOf(right.channel));
}
