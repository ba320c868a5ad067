import {
  compilePredicate,
  counterOf,
  countersOf,
  NO_FACTS,
  parseRule,
  seriesTest,
  type EventCounter,
  type EventSeries,
  type EventsCondition,
  type RulePredicate,
  type SeriesTest,
} from '@tidegate/rules';

/** Where a counter's series are; held by reference, so that what is compiled sees it change. */
export interface CounterPlace {
  /** Of its series in the customers; empty for a counter that is not kept yet. */
  name: string;
}

/** Finds the place of a counter. */
export interface PastFacts {
  placeOf(counter: EventCounter): CounterPlace;
}

/** Where nothing is counted: rules over past facts compile, and are never known. */
export const NOTHING_COUNTED: PastFacts = { placeOf: () => ({ name: '' }) };

/** What rules are compiled for. */
export interface RuleContext {
  /** The bank's own day. */
  utcOffsetMinutes: number;
  pastFacts: PastFacts;
}

/** A condition on past facts, with what answers it. */
export interface CountedMeasure {
  condition: EventsCondition;
  place: CounterPlace;
  test: SeriesTest;
}

export interface CompiledRule {
  /** Says nothing when not all is known. */
  accepts: RulePredicate;
  /** Whether the past facts that it counts are known; null when it counts none. */
  isKnown: RulePredicate | null;
  counted: readonly CountedMeasure[];
}

const always: RulePredicate = () => true;

/**
 * Compiles a rule over a customer of whom past facts are kept as series; no rule is always true.
 * @throws RULE_INVALID, RULE_SEGMENT_UNKNOWN when it is none
 */
export function compileRule(rule: unknown, at: string, { utcOffsetMinutes, pastFacts }: RuleContext): CompiledRule {
  if (rule === undefined || rule === null) return { accepts: always, isKnown: null, counted: [] };
  const counted: CountedMeasure[] = [];
  const accepts = compilePredicate(parseRule(rule, at), {
    utcOffsetMinutes,
    eventsPredicate: (condition) => {
      const [place, test] = [pastFacts.placeOf(counterOf(condition)), seriesTest(condition)];
      counted.push({ condition, place, test });
      return ({ series }, nowMs) => test.accepts(seriesOf(series, place), nowMs);
    },
  });
  const isKnown: RulePredicate = ({ series }, now) =>
    counted.every((measure) => isMeasureKnown(measure, series, Number(now)));
  return { accepts, isKnown: counted.length === 0 ? null : isKnown, counted };
}

/** Whether all of the rules are known; null when none counts past facts. */
export function allKnown(rules: readonly CompiledRule[]): RulePredicate | null {
  const asked = rules.flatMap(({ isKnown }) => isKnown ?? []);
  return asked.length === 0 ? null : (customer, now) => asked.every((isKnown) => isKnown(customer, now));
}

type Series = Readonly<Record<string, EventSeries>> | undefined;

const seriesOf = (series: Series, { name }: CounterPlace): EventSeries => series?.[name] ?? NO_FACTS;

const isMeasureKnown = ({ place, test }: CountedMeasure, series: Series, nowMs: number): boolean =>
  series?.[place.name] !== undefined && test.isKnown(seriesOf(series, place), nowMs);

/** What a condition found, for the record of a decision; null for what was not known. */
export function measured(measure: CountedMeasure, series: Series, nowMs: number): Record<string, unknown> {
  const { place, test, condition } = measure;
  const value = isMeasureKnown(measure, series, nowMs) ? test.measure(seriesOf(series, place), nowMs) : null;
  return { ...condition, measured: value };
}

/** The counters that rules ask for; a rule that is none asks for nothing. */
export function countersAsked(rules: readonly unknown[]): EventCounter[] {
  return rules.flatMap((rule) => {
    try {
      return rule === undefined || rule === null ? [] : countersOf(parseRule(rule));
    } catch {
      // It was said when it was compiled.
      return [];
    }
  });
}
