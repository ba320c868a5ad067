import { eventColumn, type ColumnCatalog } from './columnar-schema';
import { windowMs } from './predicate-events';
import type { EventsCondition, NumberCondition } from './rule';
import { conditionTest } from './condition-test';
import type { ValueKind } from './rule-field';
import { toTenThousandths } from './rule-value';
import { conditionSql, notTrue, SQL_ORDER, type FieldColumns } from './sql-condition';
import { sqlIdentifier, sqlString } from './sql-literal';

export interface EventsSqlContext {
  catalog: ColumnCatalog;
  nowMs: number;
  customersAlias: string;
}

const JSON_TYPES: Record<ValueKind, string> = {
  num: "('BIGINT', 'UBIGINT', 'DOUBLE')",
  str: "('VARCHAR')",
  bool: "('BOOLEAN')",
};

/** A value in an event's data: its own column when the kind of this path has one, else the JSON of the rest. */
export function dataColumns(path: string, catalog: ColumnCatalog): FieldColumns {
  return (kind) => {
    const column = eventColumn(path, kind);
    if (catalog.has('events', column)) return `e.${sqlIdentifier(column)}`;
    const jsonPath = sqlString(
      `$${path
        .split('.')
        .map((step) => `."${step}"`)
        .join('')}`,
    );
    const text = `json_extract_string(e."data", ${jsonPath})`;
    const value = kind === 'num' ? `TRY_CAST(${text} AS DOUBLE)` : kind === 'bool' ? `(${text} = 'true')` : text;
    return `CASE WHEN json_type(e."data", ${jsonPath}) IN ${JSON_TYPES[kind]} THEN ${value} END`;
  };
}

function numberConditionSql(measure: string, condition: NumberCondition, literal: (value: number) => string): string {
  if (condition.op === 'between') {
    const [low, high] = condition.value;
    return `(${measure} >= ${literal(low)} AND ${measure} <= ${literal(high)})`;
  }
  const operator = condition.op === 'eq' ? '=' : condition.op === 'ne' ? '<>' : SQL_ORDER[condition.op];
  return `${measure} ${operator} ${literal(condition.value)}`;
}

// The arithmetic of toTenThousandths, then exact whole numbers.
function sumSql(value: string | null): string {
  if (value === null) return '0::HUGEINT';
  const units = `TRY_CAST(floor(${value} * 10000 + 0.5::DOUBLE) AS HUGEINT)`;
  return `coalesce(sum(CASE WHEN abs(${value}) <= ${Number.MAX_SAFE_INTEGER} THEN ${units} END), 0)`;
}

const hugeint = (value: number): string => `'${BigInt(toTenThousandths(value))}'::HUGEINT`;

/** A condition on the events of a window, as membership of the customers that have such events. */
export function eventsSql(condition: EventsCondition, context: EventsSqlContext): string {
  const { catalog, nowMs } = context;
  const wanted = [
    `e."type" = ${sqlString(condition.type)}`,
    `e."occurred_at_ms" > ${nowMs - windowMs(condition.windowDays)}`,
    `e."occurred_at_ms" <= ${nowMs}`,
    ...(condition.where ?? []).map((clause) => conditionSql(clause, dataColumns(clause.field, catalog))),
  ];
  const events = `SELECT e."customer_id" FROM events AS e WHERE ${wanted.join(' AND ')}`;
  const customer = `${sqlIdentifier(context.customersAlias)}."customer_id"`;

  const measure = 'count' in condition ? condition.count : condition.sum;
  const holds =
    'count' in condition
      ? numberConditionSql('count(*)', condition.count, String)
      : numberConditionSql(sumSql(dataColumns(condition.sum.of, catalog)('num')), condition.sum, hugeint);
  // One who has no such event is in no group: when 0 satisfies the condition, look for those who fail it.
  if (holdsAtZero(measure)) {
    return notTrue(`${customer} IN (${events} GROUP BY e."customer_id" HAVING ${notTrue(holds)})`);
  }
  if ('count' in condition && isAnyAtAll(condition.count)) return `${customer} IN (${events})`;
  return `${customer} IN (${events} GROUP BY e."customer_id" HAVING ${holds})`;
}

// A sum's bound is rounded to ten-thousandths before it is compared; so is the zero here.
function holdsAtZero(measure: NumberCondition): boolean {
  return measure.op === 'between'
    ? toTenThousandths(measure.value[0]) <= 0 && toTenThousandths(measure.value[1]) >= 0
    : conditionTest({ ...measure, value: toTenThousandths(measure.value) })(0);
}

const isAnyAtAll = ({ op, value }: NumberCondition): boolean =>
  (op === 'gte' && value === 1) || (op === 'gt' && value === 0);
