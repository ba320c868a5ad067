import { conditionTest } from './condition-test';
import { attributeCheck, stageCheck } from './direct-checks';
import { eventsPredicate, type EventsPredicate } from './predicate-events';
import { fieldReader, msOf, type FieldReader, type RuleEventContext, type RuleMoment } from './predicate-field';
import type { EventsCondition, FieldRule, Rule, TagRule } from './rule';
import type { RuleCustomer } from './rule-customer';
import { parseField } from './rule-field';
import { expandSegments, type ExpandedRule, type ResolveSegment } from './segment-expansion';

/** Whether the customer satisfies the rule at `now` (whole milliseconds). `event` is the fact at hand, for `event.<path>`. */
export type RulePredicate = (customer: RuleCustomer, now: RuleMoment, event?: RuleEventContext) => boolean;

export interface PredicateOptions {
  resolveSegment?: ResolveSegment;
  /** The bank's calendar, for ages and birthdays; the same number must be given to `compileSql`. */
  utcOffsetMinutes?: number;
  /** Answers conditions on past events from something else than the customer's `events`. */
  eventsPredicate?: (condition: EventsCondition) => EventsPredicate;
}

/**
 * Compiles a rule to closures over one customer in memory, which allocate nothing when called.
 * @throws RULE_INVALID, RULE_SEGMENT_UNKNOWN, RULE_SEGMENT_CYCLE, RULE_TOO_LARGE, as `expandSegments` does
 */
export function compilePredicate(rule: Rule, options: PredicateOptions = {}): RulePredicate {
  return compile(expandSegments(rule, options.resolveSegment), {
    utcOffsetMinutes: options.utcOffsetMinutes ?? 0,
    eventsPredicate: options.eventsPredicate ?? eventsPredicate,
  });
}

const EVENTS_COST = 20;

type Context = Required<Pick<PredicateOptions, 'utcOffsetMinutes' | 'eventsPredicate'>>;

function compile(rule: ExpandedRule, context: Context): RulePredicate {
  if ('all' in rule) return every(cheapestFirst(rule.all).map((child) => compile(child, context)));
  if ('any' in rule) return some(cheapestFirst(rule.any).map((child) => compile(child, context)));
  if ('not' in rule) {
    const check = compile(rule.not, context);
    return (customer, now, event) => !check(customer, now, event);
  }
  if ('field' in rule) return fieldCheck(rule, context.utcOffsetMinutes);
  if ('tag' in rule) return tagCheck(rule);
  const check = context.eventsPredicate(rule.events);
  return (customer, now) => check(customer, msOf(now));
}

// Conditions have no effects, so those that cost least are asked first: the others often need not be asked.
const cheapestFirst = (rules: readonly ExpandedRule[]): ExpandedRule[] =>
  [...rules].sort((a, b) => costOf(a) - costOf(b));

/** About how many conditions are asked; past events count as many. */
function costOf(rule: ExpandedRule): number {
  if ('all' in rule) return rule.all.reduce((sum, child) => sum + costOf(child), 0);
  if ('any' in rule) return rule.any.reduce((sum, child) => sum + costOf(child), 0);
  if ('not' in rule) return costOf(rule.not);
  return 'events' in rule ? EVENTS_COST : 1;
}

// Up to four at a time: calls run faster than a loop over closures, and few closures fit the processor's cache better than many.
function every(checks: readonly RulePredicate[]): RulePredicate {
  const [a, b, c, d, ...rest] = checks;
  if (a === undefined) return () => true;
  if (b === undefined) return a;
  if (c === undefined) return (customer, now, event) => a(customer, now, event) && b(customer, now, event);
  if (d === undefined) {
    return (customer, now, event) => a(customer, now, event) && b(customer, now, event) && c(customer, now, event);
  }
  const last = every([d, ...rest]);
  return (customer, now, event) =>
    a(customer, now, event) && b(customer, now, event) && c(customer, now, event) && last(customer, now, event);
}

function some(checks: readonly RulePredicate[]): RulePredicate {
  const [a, b, c, d, ...rest] = checks;
  if (a === undefined) return () => false;
  if (b === undefined) return a;
  if (c === undefined) return (customer, now, event) => a(customer, now, event) || b(customer, now, event);
  if (d === undefined) {
    return (customer, now, event) => a(customer, now, event) || b(customer, now, event) || c(customer, now, event);
  }
  const last = some([d, ...rest]);
  return (customer, now, event) =>
    a(customer, now, event) || b(customer, now, event) || c(customer, now, event) || last(customer, now, event);
}

function fieldCheck(rule: FieldRule, utcOffsetMinutes: number): RulePredicate {
  const ref = parseField(rule.field);
  const test = conditionTest(rule);
  if (ref?.source === 'attribute') return attributeCheck(ref.key, rule, test);
  if (ref?.source === 'profile' && ref.name === 'stage') return stageCheck(rule, test);
  // A parsed rule names known fields only.
  const read = ref === null ? (): undefined => undefined : fieldReader(ref, utcOffsetMinutes);
  return throughReader(read, test);
}

const throughReader =
  (read: FieldReader, test: (value: unknown) => boolean): RulePredicate =>
  (customer, now, event) =>
    test(read(customer, now, event));

function tagCheck({ tag: name, value: wanted }: TagRule): RulePredicate {
  return (customer, now) => {
    const tag = customer.tags?.[name];
    if (typeof tag !== 'object' || tag === null) return false;
    const { validUntilMs } = tag;
    if (typeof validUntilMs === 'number' && !(validUntilMs > msOf(now))) return false;
    return wanted === undefined || tag.value === wanted;
  };
}
