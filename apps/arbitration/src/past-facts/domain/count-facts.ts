import {
  addFacts,
  countedValue,
  factHash,
  NO_FACTS,
  type CountedFact,
  type EventSeries,
  type RuleEvent,
} from '@tidegate/rules';
import type { KeptCounter } from './counter-register';

export interface RecordedFact {
  customerId: string;
  event: RuleEvent;
}

/** What facts add to the series: by customer, by name of the counter. */
export type Additions = Map<string, Map<string, CountedFact[]>>;

/** What the facts add to each counter that they concern. */
export function countFacts(counters: readonly KeptCounter[], facts: readonly RecordedFact[]): Additions {
  const additions: Additions = new Map();
  for (const { name, counter } of counters) {
    const valueOf = countedValue(counter);
    for (const { customerId, event } of facts) {
      const value = valueOf(event);
      if (value === null) continue;
      const counted = { atMs: event.occurredAtMs, hash: factHash(event.eventId ?? ''), value };
      const own = additions.get(customerId) ?? new Map<string, CountedFact[]>();
      additions.set(customerId, own.set(name, [...(own.get(name) ?? []), counted]));
    }
  }
  return additions;
}

/** A customer's series with what was added, and without those of counters that are no longer kept; the same ones when nothing is new. */
export function addToSeries(
  series: Readonly<Record<string, EventSeries>>,
  added: ReadonlyMap<string, readonly CountedFact[]>,
  counters: readonly KeptCounter[],
  now: Date,
): Record<string, EventSeries> {
  let isChanged = false;
  const next: Record<string, EventSeries> = {};
  for (const { name, counter } of counters) {
    const held = series[name] ?? NO_FACTS;
    const grown = addFacts(held, added.get(name) ?? [], counter, now.getTime());
    isChanged ||= grown !== held;
    if (grown !== NO_FACTS) next[name] = grown;
  }
  return isChanged ? next : (series as Record<string, EventSeries>);
}
