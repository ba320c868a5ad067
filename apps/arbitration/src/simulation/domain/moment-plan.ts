import { DomainError } from '@tidegate/errors';
import { addDays, fallsOn, parseDateField, type BankDay, type DateField } from '@tidegate/rules';
import type { CustomerState } from '../../domain/customer-state';
import {
  compileRule,
  countersAsked,
  NOTHING_COUNTED,
  type CompiledRule,
  type PastFacts,
  type RuleContext,
} from '../../domain/past-facts';
import { ruleSubject } from '../../domain/rule-subject';
import type { MomentRule, Strategy, StrategyAction } from '../../domain/strategy';

/** Of both worlds; what is over is not played, and said to be so. */
export const RULES_MAX = 64;
const WEEK = 7;
const DAY_MS = 86_400_000;

/** A moment rule that is played, with the actions that wait for it. */
export interface PlayedRule {
  rule: MomentRule;
  actions: readonly StrategyAction[];
}

/** A moment rule that cannot be played, for its condition is no rule. */
export interface BrokenRule {
  strategyId: string;
  /** Empty when it was published before ids were told. */
  ruleId: string;
  reason: string;
  message: string;
}

/** Conditions of the rules on dates, whose past events must be counted. */
export const datedConditions = (rules: readonly MomentRule[]): unknown[] =>
  rules.filter(({ kind }) => kind !== 'threshold').map(({ condition }) => condition);

/** The moment rules of a simulation: those of the draft first. One that is broken is left out and named, so that the others are played. */
export function playedRules(
  draft: Strategy,
  live: readonly Strategy[],
  context: RuleContext,
): { played: PlayedRule[]; broken: BrokenRule[] } {
  const [played, broken]: [PlayedRule[], BrokenRule[]] = [[], []];
  for (const { strategyId, momentRules, actions } of [draft, ...live.filter((strategy) => strategy !== draft)]) {
    for (const rule of momentRules) {
      const fault = faultOf(rule, context);
      if (fault !== null) {
        broken.push({ strategyId, ruleId: rule.ruleId ?? '', reason: fault.reason, message: fault.message });
      } else if (isPlayable(rule, context.pastFacts)) {
        played.push({ rule, actions: actions.filter(({ actionId }) => rule.actionIds.includes(actionId)) });
      }
    }
  }
  return { played: played.slice(0, RULES_MAX), broken: broken.slice(0, RULES_MAX) };
}

/** @throws RULE_INVALID, RULE_SEGMENT_UNKNOWN when the condition of a rule is none */
export function requireConditions(rules: readonly MomentRule[], context: RuleContext): void {
  for (const [index, { condition }] of rules.entries()) {
    requireRule(condition, `momentRules[${index}].condition`, context);
  }
}

/** What is only looked at asks for no counter. */
const requireRule = (condition: unknown, path: string, context: RuleContext): unknown =>
  compileRule(condition, path, { ...context, pastFacts: NOTHING_COUNTED });

function faultOf({ condition }: MomentRule, context: RuleContext): DomainError | null {
  try {
    requireRule(condition, 'condition', context);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** On dates, when all past events are counted that it asks for. */
function isPlayable({ kind, condition, dateField }: MomentRule, pastFacts: PastFacts): boolean {
  if (kind === 'threshold') return true;
  if (parseDateField(dateField) === null) return false;
  return countersAsked([condition]).every((counter) => pastFacts.placeOf(counter).name !== '');
}

/**
 * How many days before each simulated day the facts are that it plays: whole weeks, so that a Monday plays a Monday, and no more of them than it
 * takes for all these days to be over.
 */
export function historyShiftDays(today: BankDay, lastDay: BankDay): number {
  const ahead = Math.round((Date.parse(`${lastDay}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY_MS);
  return WEEK * Math.ceil((ahead + 1) / WEEK);
}

/** Which of the simulated days are moments by a date of the customer, of whom the past is known up to now. */
export class DateQuestion {
  private readonly when: { field: DateField; isYearly: boolean };
  private readonly condition: CompiledRule;

  /** @throws RULE_INVALID */
  constructor(
    private readonly rule: MomentRule,
    private readonly zone: string,
    context: RuleContext,
  ) {
    const field = parseDateField(rule.dateField);
    if (field === null) throw new Error(`${rule.dateField} is no date field`);
    this.when = { field, isYearly: rule.isYearly };
    this.condition = compileRule(rule.condition, 'condition', context);
  }

  isOn(day: BankDay, at: Date, { customerId, facts, past }: CustomerState): boolean {
    if (facts === null) return false;
    const { birthDate, attributes } = facts;
    const dated = { birthDate: birthDate === null ? null : new Date(`${birthDate}T00:00:00Z`), attributes };
    if (!fallsOn(dated, this.when, addDays(day, -this.rule.offsetDays), this.zone)) return false;
    const subject = ruleSubject(customerId, facts, past);
    return (this.condition.isKnown?.(subject, at) ?? true) && this.condition.accepts(subject, at);
  }
}
