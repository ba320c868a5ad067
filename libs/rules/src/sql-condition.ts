import type { Condition, OrderOp, RuleScalar } from './rule';
import type { ValueKind } from './rule-field';
import { sqlScalar, sqlString } from './sql-literal';

/** The SQL that holds a field's values of one kind, or null when it can have none of that kind. */
export type FieldColumns = (kind: ValueKind) => string | null;

/** The comparison operators, which mean the same on numbers and on strings (UTF-8 bytes have the order of code points). */
export const SQL_ORDER: Record<OrderOp, string> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

const KINDS: readonly ValueKind[] = ['num', 'str', 'bool'];
const scalarKind = (value: RuleScalar): ValueKind =>
  typeof value === 'number' ? 'num' : typeof value === 'string' ? 'str' : 'bool';

/**
 * A condition as SQL that is TRUE exactly when it holds, and FALSE or NULL otherwise. AND and OR keep that, and
 * `x IS NOT TRUE` negates it, so plain comparisons stay plain and can be pushed down to the scan.
 */
export function conditionSql(condition: Condition, columns: FieldColumns): string {
  switch (condition.op) {
    case 'eq':
      return compare(columns(scalarKind(condition.value)), '=', condition.value);
    case 'ne': {
      const column = columns(scalarKind(condition.value));
      return column === null ? 'TRUE' : `${column} IS DISTINCT FROM ${sqlScalar(condition.value)}`;
    }
    case 'in':
      return membership(condition.value, columns);
    case 'notIn':
      return notTrue(membership(condition.value, columns));
    case 'between': {
      const [low, high] = condition.value;
      const column = columns(scalarKind(low));
      return `(${compare(column, '>=', low)} AND ${compare(column, '<=', high)})`;
    }
    case 'exists': {
      const existing = KINDS.map(columns).filter((column) => column !== null);
      const exists =
        existing.length === 0 ? 'FALSE' : `(${existing.map((column) => `${column} IS NOT NULL`).join(' OR ')})`;
      return condition.value ? exists : notTrue(exists);
    }
    case 'contains':
    case 'startsWith': {
      const column = columns('str');
      const name = condition.op === 'contains' ? 'contains' : 'starts_with';
      return column === null ? 'FALSE' : `${name}(${column}, ${sqlString(condition.value)})`;
    }
    default:
      return compare(columns(scalarKind(condition.value)), SQL_ORDER[condition.op], condition.value);
  }
}

/** The exact negation of SQL that is TRUE or not. */
export const notTrue = (sql: string): string => `((${sql}) IS NOT TRUE)`;

const compare = (column: string | null, operator: string, value: RuleScalar): string =>
  column === null ? 'FALSE' : `${column} ${operator} ${sqlScalar(value)}`;

function membership(values: readonly RuleScalar[], columns: FieldColumns): string {
  const parts: string[] = [];
  for (const kind of KINDS) {
    const members = values.filter((value) => scalarKind(value) === kind);
    const column = columns(kind);
    if (members.length > 0 && column !== null) parts.push(`${column} IN (${members.map(sqlScalar).join(', ')})`);
  }
  return parts.length === 0 ? 'FALSE' : `(${parts.join(' OR ')})`;
}
