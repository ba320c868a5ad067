import type { ColumnCatalog } from './columnar-schema';
import { COUNTED_MAX, type EventCounter } from './event-counter';
import { windowMs } from './predicate-events';
import { conditionSql } from './sql-condition';
import { dataColumns } from './sql-events';
import { sqlString } from './sql-literal';

/**
 * A query for what a counter keeps of whole customers, behind the customer `$1`, in the order of their ids: `customer_id`, `event_id`,
 * `at_ms` and `value`. Of each customer it gives one fact more than is kept, of those up to now and of those to come, so that the series
 * knows what was left out.
 */
export function seriesSql(counter: EventCounter, options: { catalog: ColumnCatalog; nowMs: number }): string {
  const { catalog, nowMs } = options;
  const value = counter.of === null ? '1::DOUBLE' : (dataColumns(counter.of, catalog)('num') ?? 'NULL::DOUBLE');
  const wanted = [
    'e."customer_id" > $1',
    `e."type" = ${sqlString(counter.type)}`,
    `e."occurred_at_ms" > ${nowMs - windowMs(counter.windowDays)}`,
    ...counter.where.map((clause) => conditionSql(clause, dataColumns(clause.field, catalog))),
  ];
  return `WITH counted AS (
      SELECT e."customer_id" AS customer_id, e."event_id" AS event_id, e."occurred_at_ms" AS at_ms, ${value} AS value
      FROM events AS e WHERE ${wanted.join(' AND ')})
    SELECT customer_id, event_id, at_ms::DOUBLE AS at_ms, value FROM counted
    WHERE abs(value) <= ${Number.MAX_SAFE_INTEGER}
    QUALIFY row_number() OVER (PARTITION BY customer_id, at_ms > ${nowMs} ORDER BY at_ms DESC, event_id)
      <= CASE WHEN at_ms > ${nowMs} THEN ${COUNTED_MAX + 1} ELSE ${counter.keptMax + 1} END
    ORDER BY customer_id, at_ms, event_id`;
}
