import {
  addDays,
  compilePredicate,
  fallsOn,
  inspectRule,
  parseDateField,
  parseRule,
  type BankDay,
  type DateField,
  type RulePredicate,
} from '@tidegate/rules';
import type { CustomerFacts } from '../../domain/customer-state';
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

/** The moment rules of a simulation: those of the draft first. */
export function playedRules(draft: Strategy, live: readonly Strategy[]): PlayedRule[] {
  const others = live.filter((strategy) => strategy !== draft);
  return [draft, ...others]
    .flatMap(({ momentRules, actions }) =>
      momentRules.filter(isPlayable).map((rule) => ({
        rule,
        actions: actions.filter(({ actionId }) => rule.actionIds.includes(actionId)),
      })),
    )
    .slice(0, RULES_MAX);
}

/** Past events are counted as of a past fact; those of a day to come are not known. */
function isPlayable({ kind, condition, dateField }: MomentRule): boolean {
  if (kind === 'threshold') return true;
  if (parseDateField(dateField) === null) return false;
  return condition === null || inspectRule(parseRule(condition, 'condition')).events.length === 0;
}

/**
 * How many days before each simulated day the facts are that it plays: whole weeks, so that a Monday plays a Monday, and no more of them than it
 * takes for all these days to be over.
 */
export function historyShiftDays(today: BankDay, lastDay: BankDay): number {
  const ahead = Math.round((Date.parse(`${lastDay}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY_MS);
  return WEEK * Math.ceil((ahead + 1) / WEEK);
}

/** Which of the simulated days are moments by a date of the customer. */
export class DateQuestion {
  private readonly when: { field: DateField; isYearly: boolean };
  private readonly holds: RulePredicate | null;

  /** @throws RULE_INVALID */
  constructor(
    private readonly rule: MomentRule,
    private readonly zone: string,
    utcOffsetMinutes: number,
  ) {
    const field = parseDateField(rule.dateField);
    if (field === null) throw new Error(`${rule.dateField} is no date field`);
    this.when = { field, isYearly: rule.isYearly };
    const { condition } = rule;
    this.holds = condition === null ? null : compilePredicate(parseRule(condition, 'condition'), { utcOffsetMinutes });
  }

  isOn(day: BankDay, at: Date, customerId: string, facts: CustomerFacts): boolean {
    const { birthDate, attributes } = facts;
    const dated = { birthDate: birthDate === null ? null : new Date(`${birthDate}T00:00:00Z`), attributes };
    if (!fallsOn(dated, this.when, addDays(day, -this.rule.offsetDays), this.zone)) return false;
    return this.holds === null || this.holds(ruleSubject(customerId, facts), at);
  }
}
