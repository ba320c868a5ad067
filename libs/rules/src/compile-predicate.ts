import { conditionTest } from './condition-test';
import { eventsPredicate } from './predicate-events';
import { fieldReader, type FieldReader, type RuleEventContext } from './predicate-field';
import type { FieldRule, Rule, TagRule } from './rule';
import type { RuleCustomer } from './rule-customer';
import { parseField } from './rule-field';
import { expandSegments, type ExpandedRule, type ResolveSegment } from './segment-expansion';

/** Whether the customer satisfies the rule at `now` (whole milliseconds). `event` is the fact at hand, for `event.<path>`. */
export type RulePredicate = (customer: RuleCustomer, now: Date | number, event?: RuleEventContext) => boolean;

export interface PredicateOptions {
  resolveSegment?: ResolveSegment;
  /** The bank's calendar, for ages and birthdays; the same number must be given to `compileSql`. */
  utcOffsetMinutes?: number;
}

type Check = (customer: RuleCustomer, nowMs: number, event: RuleEventContext | undefined) => boolean;

/**
 * Compiles a rule to closures over one customer in memory, which allocate nothing when called.
 * @throws RULE_INVALID, RULE_SEGMENT_UNKNOWN, RULE_SEGMENT_CYCLE, RULE_TOO_LARGE, as `expandSegments` does
 */
export function compilePredicate(rule: Rule, options: PredicateOptions = {}): RulePredicate {
  const check = compile(expandSegments(rule, options.resolveSegment), options.utcOffsetMinutes ?? 0);
  return (customer, now, event) => check(customer, typeof now === 'number' ? now : now.getTime(), event);
}

function compile(rule: ExpandedRule, utcOffsetMinutes: number): Check {
  if ('all' in rule) return every(rule.all.map((child) => compile(child, utcOffsetMinutes)));
  if ('any' in rule) return some(rule.any.map((child) => compile(child, utcOffsetMinutes)));
  if ('not' in rule) {
    const check = compile(rule.not, utcOffsetMinutes);
    return (customer, nowMs, event) => !check(customer, nowMs, event);
  }
  if ('field' in rule) return fieldCheck(rule, utcOffsetMinutes);
  return 'tag' in rule ? tagCheck(rule) : eventsPredicate(rule.events);
}

// Two at a time: a chain of calls runs faster than a loop over closures.
const every = (checks: readonly Check[]): Check =>
  checks.reduceRight<Check | null>((rest, check) => (rest === null ? check : both(check, rest)), null) ?? (() => true);

const both =
  (first: Check, second: Check): Check =>
  (customer, nowMs, event) =>
    first(customer, nowMs, event) && second(customer, nowMs, event);

const some = (checks: readonly Check[]): Check =>
  checks.reduceRight<Check | null>((rest, check) => (rest === null ? check : either(check, rest)), null) ??
  (() => false);

const either =
  (first: Check, second: Check): Check =>
  (customer, nowMs, event) =>
    first(customer, nowMs, event) || second(customer, nowMs, event);

function fieldCheck(rule: FieldRule, utcOffsetMinutes: number): Check {
  const ref = parseField(rule.field);
  const test = conditionTest(rule);
  if (ref?.source === 'attribute') {
    const { key } = ref;
    return (customer) => test(customer.attributes[key]);
  }
  // A parsed rule names known fields only.
  const read = ref === null ? (): undefined => undefined : fieldReader(ref, utcOffsetMinutes);
  return throughReader(read, test);
}

const throughReader =
  (read: FieldReader, test: (value: unknown) => boolean): Check =>
  (customer, nowMs, event) =>
    test(read(customer, nowMs, event));

function tagCheck({ tag: name, value: wanted }: TagRule): Check {
  return (customer, nowMs) => {
    const tag = customer.tags?.[name];
    if (typeof tag !== 'object' || tag === null) return false;
    const { validUntilMs } = tag;
    if (typeof validUntilMs === 'number' && !(validUntilMs > nowMs)) return false;
    return wanted === undefined || tag.value === wanted;
  };
}
