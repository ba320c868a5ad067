import type { RfmScore } from './customer';

/** What one customer did in the window. */
export interface RfmMeasure {
  customerId: string;
  /** Of the customer's last event in the window. */
  lastAtMs: number;
  count: number;
  /** Sum of the events' amounts without sign: turnover. */
  amountMinor: number;
}

const QUINTILES = 5;

/**
 * RFM quintiles of the customers that were active in a window, 5 is best: latest, most often, most money.
 *
 * Each measure is ordered from worst to best, equal values by customer id, and cut into five runs; when the number of
 * customers is not divisible by five, the lower quintiles have one more. That is `NTILE(5)` of SQL (ISO/IEC 9075-2), numpy's
 * `array_split`, and, when it is divisible, pandas' `qcut(rank(method='first'), 5)`. This is the rule in plain code; the
 * service lets the columnar copy compute it, and a test holds the two together.
 */
export function rfmScores(measures: readonly RfmMeasure[]): Map<string, RfmScore> {
  const recency = quintiles(measures, (measure) => measure.lastAtMs);
  const frequency = quintiles(measures, (measure) => measure.count);
  const monetary = quintiles(measures, (measure) => measure.amountMinor);
  return new Map(
    measures.map(({ customerId }) => [
      customerId,
      {
        recency: recency.get(customerId) ?? 1,
        frequency: frequency.get(customerId) ?? 1,
        monetary: monetary.get(customerId) ?? 1,
      },
    ]),
  );
}

function quintiles(measures: readonly RfmMeasure[], of: (measure: RfmMeasure) => number): Map<string, number> {
  const ordered = [...measures].sort((a, b) => of(a) - of(b) || (a.customerId < b.customerId ? -1 : 1));
  const size = Math.floor(ordered.length / QUINTILES);
  const larger = ordered.length % QUINTILES;
  const scores = new Map<string, number>();
  let next = 0;
  for (let quintile = 1; quintile <= QUINTILES; quintile += 1) {
    const count = size + (quintile <= larger ? 1 : 0);
    for (const { customerId } of ordered.slice(next, next + count)) scores.set(customerId, quintile);
    next += count;
  }
  return scores;
}
