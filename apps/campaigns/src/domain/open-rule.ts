import {
  compilePredicate,
  type EventsCondition,
  type Rule,
  type RuleCustomer,
  type RuleEventContext,
} from '@tidegate/rules';

/** What is known when a moment rule is read; what is left out is not known yet. */
export interface Known {
  at: Date;
  /** Absent where there is no fact at hand: a date has none. */
  event?: RuleEventContext;
  customer?: RuleCustomer;
  /** Which of the rule's conditions on past events hold, in the order of `counted`. */
  holds?: readonly boolean[];
}

/** A rule that answers as far as what is known decides it. */
export interface OpenRule {
  /** Conditions on past events, to be asked of who keeps the facts. */
  counted: readonly EventsCondition[];
  /** True, false, or undefined when it depends on what is not known. */
  read(known: Known): boolean | undefined;
}

type Part = OpenRule['read'];

const NOBODY: RuleCustomer = { attributes: {} };

/** Compiles a rule for a three-valued reading (Kleene); no rule is always true. @throws as `compilePredicate` does */
export function openRule(rule: Rule | null, utcOffsetMinutes: number): OpenRule {
  const counted: EventsCondition[] = [];
  const partOf = (node: Rule): Part => {
    if ('all' in node) return allOf(node.all.map(partOf));
    // De Morgan: any is not all not.
    if ('any' in node) return negated(allOf(node.any.map((child) => negated(partOf(child)))));
    if ('not' in node) return negated(partOf(node.not));
    if ('events' in node) {
      const index = counted.push(node.events) - 1;
      return ({ holds }) => holds?.[index];
    }
    const check = compilePredicate(node, { utcOffsetMinutes });
    if ('field' in node && node.field.startsWith('event.')) return ({ at, event }) => check(NOBODY, at, event);
    return ({ at, event, customer }) => (customer === undefined ? undefined : check(customer, at, event));
  };
  const read = rule === null ? () => true : partOf(rule);
  return { counted, read };
}

const negated =
  (part: Part): Part =>
  (known) => {
    const value = part(known);
    return value === undefined ? undefined : !value;
  };

const allOf =
  (parts: readonly Part[]): Part =>
  (known) => {
    let isUnknown = false;
    for (const part of parts) {
      const value = part(known);
      if (value === false) return false;
      if (value === undefined) isUnknown = true;
    }
    return isUnknown ? undefined : true;
  };
