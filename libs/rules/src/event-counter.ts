import { isSummable } from './exact-sum';
import { readPath } from './predicate-field';
import { whereTest } from './predicate-events';
import type { EventsCondition, FieldRule, NumberCondition, Rule } from './rule';
import type { RuleEvent } from './rule-customer';

/** Newest facts that a counter keeps of one customer, at most; a sum keeps as many, a count no more than tell it apart. */
export const COUNTED_MAX = 1_000;

/**
 * What must be kept of a customer's facts, in place of the facts themselves, to answer an events condition: those of a type that satisfy
 * `where`, over the window, with the number at `of` when a sum is asked for.
 */
export interface EventCounter {
  type: string;
  where: readonly FieldRule[];
  /** Path of the number that is summed; null for a count. */
  of: string | null;
  windowDays: number;
  /** Newest facts kept. */
  keptMax: number;
}

/** The greatest number that a condition compares with: beyond it, every count answers alike. */
export const boundOf = ({ value }: NumberCondition): number => (typeof value === 'number' ? value : value[1]);

/** The counter that answers the condition. */
export function counterOf(condition: EventsCondition): EventCounter {
  const { type, where = [], windowDays } = condition;
  if ('sum' in condition) return { type, where, of: condition.sum.of, windowDays, keptMax: COUNTED_MAX };
  const keptMax = Math.min(COUNTED_MAX, Math.max(0, Math.floor(boundOf(condition.count))) + 1);
  return { type, where, of: null, windowDays, keptMax };
}

/** A condition that the counter answers: how it is told of to others. */
export const conditionOf = ({ type, where, of, windowDays, keptMax }: EventCounter): EventsCondition => ({
  type,
  ...(where.length > 0 && { where }),
  windowDays,
  ...(of === null ? { count: { op: 'gte', value: keptMax - 1 } } : { sum: { of, op: 'gte', value: 0 } }),
});

/** Name of a counter: two conditions that can share one have the same. */
export const counterKey = ({ type, where, of, windowDays, keptMax }: EventCounter): string =>
  JSON.stringify([type, where.map(({ field, op, value }) => [field, op, value]), of, windowDays, keptMax]);

/** Counters that the rule itself asks for, each once; what its segments ask for is in their own rules. */
export function countersOf(rule: Rule): EventCounter[] {
  const counters = new Map<string, EventCounter>();
  const visit = (node: Rule): void => {
    if ('all' in node) node.all.forEach(visit);
    else if ('any' in node) node.any.forEach(visit);
    else if ('not' in node) visit(node.not);
    else if ('events' in node) {
      const counter = counterOf(node.events);
      counters.set(counterKey(counter), counter);
    }
  };
  visit(rule);
  return [...counters.values()];
}

/** What a fact adds to the counter: 1 to a count, its number to a sum; null when the counter does not concern it. */
export type CountedValue = (event: RuleEvent) => number | null;

export function countedValue({ type, where, of }: EventCounter): CountedValue {
  const isWanted = whereTest(where);
  const path = of?.split('.');
  return (event) => {
    if (event.type !== type || !isWanted(event)) return null;
    if (path === undefined) return 1;
    const value = readPath(event.data, path);
    return isSummable(value) ? value : null;
  };
}
