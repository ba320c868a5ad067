import {
  addDays,
  anniversariesOn,
  exactDayKey,
  fallsOn,
  parseDateField,
  yearlyDayKey,
  type BankDay,
  type DatedCustomer,
  type DateField,
  type RuleCustomer,
} from '@tidegate/rules';
import { openRule, type OpenRule } from './open-rule';
import { momentRuleKey, type MomentRule } from './moment-rule';
import type { StrategySnapshot } from './strategy-snapshot';

/** A date_relative rule of a live strategy, ready to be asked. */
export interface DateRule {
  key: string;
  strategyId: string;
  strategyRevision: number;
  ruleId: string;
  actionIds: string[];
  cooldownDays: number;
  field: DateField;
  fieldName: string;
  offsetDays: number;
  isYearly: boolean;
  condition: OpenRule;
  isLiveAt(moment: Date): boolean;
}

/** Compiles a rule. @param utcOffsetMinutes the bank's calendar, for conditions on ages and birthdays */
export function compileDateRule(snapshot: StrategySnapshot, rule: MomentRule, utcOffsetMinutes: number): DateRule {
  const field = parseDateField(rule.dateField);
  if (field === null) throw new Error(`${rule.dateField} is no date field`);
  return {
    key: momentRuleKey(snapshot.strategyId, rule.ruleId),
    strategyId: snapshot.strategyId,
    strategyRevision: snapshot.revision,
    ruleId: rule.ruleId,
    actionIds: rule.actionIds,
    cooldownDays: rule.cooldownDays,
    field,
    fieldName: rule.dateField,
    offsetDays: rule.offsetDays,
    isYearly: rule.isYearly,
    condition: openRule(rule.condition, utcOffsetMinutes),
    isLiveAt: livenessOf(snapshot),
  };
}

/** Whether a strategy's own dates include a moment. */
export function livenessOf({ version }: StrategySnapshot): (moment: Date) => boolean {
  const { startsAt, endsAt } = version;
  return (moment) => (startsAt === null || startsAt <= moment) && (endsAt === null || moment < endsAt);
}

/** The day (in its year, for a yearly rule) whose customers fire on `today`. */
export const targetDayOf = (rule: DateRule, today: BankDay): BankDay => addDays(today, -rule.offsetDays);

/** The keys that the day's customers are found under. */
export function dateKeysOn(rule: DateRule, target: BankDay): string[] {
  return rule.isYearly
    ? anniversariesOn(target).map((monthDay) => yearlyDayKey(rule.field, monthDay))
    : [exactDayKey(rule.field, target)];
}

/**
 * Whether a customer found under one of those keys fires: the date is still there, the condition holds, and a yearly date has had
 * its first year (the day of birth is no birthday). Undefined when only the past events can tell.
 */
export function firesOn(
  rule: DateRule,
  target: BankDay,
  customer: DatedCustomer & { forRules: RuleCustomer },
  at: { now: Date; timeZone: string },
): boolean | undefined {
  const isOnTarget = fallsOn(customer, rule, target, at.timeZone);
  return isOnTarget && rule.condition.read({ at: at.now, customer: customer.forRules });
}
