import { conditionTest, type ValueTest } from './condition-test';
import { highPart, isSummable, lowPart, sumTest } from './exact-sum';
import { readPath } from './predicate-field';
import type { EventsCondition, FieldRule } from './rule';
import { DAY_MS } from './rule-calendar';
import type { RuleCustomer, RuleEvent } from './rule-customer';
import { toTenThousandths } from './rule-value';

type EventTest = (event: RuleEvent) => boolean;
/** Whether a customer satisfies a condition on events. */
export type EventsPredicate = (customer: RuleCustomer, nowMs: number) => boolean;

/** The length of a rule's window in whole milliseconds. */
export const windowMs = (windowDays: number): number => Math.round(windowDays * DAY_MS);

const NO_EVENTS: readonly RuleEvent[] = [];

/** Whether an event satisfies every clause. */
export function whereTest(where: readonly FieldRule[]): EventTest {
  const paths = where.map((clause) => clause.field.split('.'));
  const tests: ValueTest[] = where.map(conditionTest);
  return (event) => {
    for (let i = 0; i < tests.length; i++) {
      if (!(tests[i] as ValueTest)(readPath(event.data, paths[i] as string[]))) return false;
    }
    return true;
  };
}

/** Compiles a condition on the events of a window. */
export function eventsPredicate(condition: EventsCondition): EventsPredicate {
  const { type } = condition;
  const lengthMs = windowMs(condition.windowDays);
  const isWanted = whereTest(condition.where ?? []);
  const isIn = (event: RuleEvent, nowMs: number): boolean =>
    event.type === type && event.occurredAtMs > nowMs - lengthMs && event.occurredAtMs <= nowMs && isWanted(event);

  if ('count' in condition) {
    const isCount = conditionTest(condition.count);
    return (customer, nowMs) => {
      const events = customer.events ?? NO_EVENTS;
      let count = 0;
      for (let i = 0; i < events.length; i++) if (isIn(events[i] as RuleEvent, nowMs)) count += 1;
      return isCount(count);
    };
  }

  const isSum = sumTest(condition.sum);
  const of = condition.sum.of.split('.');
  return (customer, nowMs) => {
    const events = customer.events ?? NO_EVENTS;
    let high = 0;
    let low = 0;
    for (let i = 0; i < events.length; i++) {
      const event = events[i] as RuleEvent;
      if (!isIn(event, nowMs)) continue;
      const value = readPath(event.data, of);
      if (!isSummable(value)) continue;
      const units = toTenThousandths(value);
      high += highPart(units);
      low += lowPart(units);
    }
    return isSum(high, low);
  };
}
