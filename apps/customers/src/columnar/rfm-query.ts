import { Injectable } from '@nestjs/common';
import { eventColumn } from '@tidegate/rules';
import type { RfmScore } from '../domain/customer';
import { CustomerCopy } from './customer-copy';
import type { Row } from './columnar-store';

export interface RfmWindow {
  eventType: string;
  /** The window is (from, until]. */
  from: Date;
  until: Date;
}

/** A customer whose score is not what the profile says; null: no longer active in the window. */
export interface RfmChange {
  customerId: string;
  score: RfmScore | null;
}

export type RfmCellCount = RfmScore & { customerCount: number };

const SAFE_MAX = Number.MAX_SAFE_INTEGER;
const PAGE = 500;

// The arithmetic of `minorUnits` and the sign left out: exact whole numbers, whatever the order of adding.
const AMOUNT = ((): string => {
  const minor = `"${eventColumn('amountMinor', 'num')}"`;
  const major = `"${eventColumn('amount', 'num')}"`;
  return `CASE WHEN ${minor} IS NOT NULL THEN CASE WHEN abs(${minor}) <= ${SAFE_MAX} AND ${minor} = floor(${minor}) THEN abs(${minor}) END
    WHEN abs(floor(${major} * 100 + 0.5)) <= ${SAFE_MAX} THEN abs(floor(${major} * 100 + 0.5)) END`;
})();

const SCORES = `CREATE TEMP TABLE rfm_scores AS
  WITH measures AS (
    SELECT customer_id, max(occurred_at_ms) AS last_at, count(*) AS event_count,
      coalesce(sum(CAST(${AMOUNT} AS BIGINT)), 0) AS amount
    FROM events WHERE type = $1 AND occurred_at_ms > $2 AND occurred_at_ms <= $3 GROUP BY customer_id)
  SELECT customer_id,
    ntile(5) OVER (ORDER BY last_at, customer_id) AS recency,
    ntile(5) OVER (ORDER BY event_count, customer_id) AS frequency,
    ntile(5) OVER (ORDER BY amount, customer_id) AS monetary
  FROM measures SEMI JOIN customers USING (customer_id)`;

const CHANGES = `SELECT c.customer_id, s.recency::INT AS recency, s.frequency::INT AS frequency, s.monetary::INT AS monetary
  FROM customers AS c LEFT JOIN rfm_scores AS s ON s.customer_id = c.customer_id
  WHERE (c.rfm_recency, c.rfm_frequency, c.rfm_monetary) IS DISTINCT FROM (s.recency, s.frequency, s.monetary)
    AND c.customer_id > $1 ORDER BY c.customer_id LIMIT ${PAGE}`;

const CELLS = `SELECT recency::INT AS recency, frequency::INT AS frequency, monetary::INT AS monetary,
    count(*)::INT AS customer_count FROM rfm_scores GROUP BY ALL ORDER BY ALL`;

/** RFM quintiles by the rule of `domain/rfm.ts`, computed by the columnar copy over the whole base. */
@Injectable()
export class RfmQuery {
  constructor(private readonly copy: CustomerCopy) {}

  /** Tells of the scores that are not on the profiles yet, page by page; returns how many customers hold each score. */
  async compute(window: RfmWindow, onChanges: (changes: RfmChange[]) => Promise<void>): Promise<RfmCellCount[]> {
    const store = await this.copy.fresh();
    return store.session(async (run) => {
      const { eventType, from, until } = window;
      await run(SCORES, [eventType, from.getTime(), until.getTime()]);
      let after = '';
      for (;;) {
        const rows = await run(CHANGES, [after]);
        if (rows.length > 0) await onChanges(rows.map(toChange));
        if (rows.length < PAGE) break;
        after = String(rows.at(-1)?.customer_id);
      }
      return (await run(CELLS)).map((row) => ({ ...scoreOf(row), customerCount: Number(row.customer_count) }));
    });
  }
}

const toChange = (row: Row): RfmChange => ({
  customerId: String(row.customer_id),
  score: row.recency === null ? null : scoreOf(row),
});

const scoreOf = (row: Row): RfmScore => ({
  recency: Number(row.recency),
  frequency: Number(row.frequency),
  monetary: Number(row.monetary),
});
