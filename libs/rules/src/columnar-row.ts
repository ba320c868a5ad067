import { DomainError } from '@tidegate/errors';
import { attributeColumnDefinition, eventColumn, type ColumnCatalog, type ColumnDefinition } from './columnar-schema';
import { ymdOf } from './rule-calendar';
import { rfmScore, type RuleCustomer, type RuleEvent } from './rule-customer';
import { isAttributeKey, parseEventPath } from './rule-field';
import { kindOfValue } from './rule-value';

/** One cell of a row, to be written as its column's type. */
export type Cell = string | number | boolean | null;
export type StoredCustomer = RuleCustomer & { readonly customerId: string };

const EVENT_PATH_STEPS_MAX = 5;

// -0 and 0 are one value to a rule, and must be one to a hash join.
const cellOf = (value: unknown): Cell => (value === 0 ? 0 : (value as Cell));
const textCell = (value: unknown): Cell => (kindOfValue(value) === 'str' ? (value as string) : null);
const numberCell = (value: unknown): Cell => (kindOfValue(value) === 'num' ? cellOf(value) : null);

function momentCell(value: number, reason: string): number {
  if (Number.isSafeInteger(value)) return value;
  throw new DomainError({ code: 'INVALID_ARGUMENT', reason, message: 'A moment must be whole milliseconds.' });
}

/** The columns that `customers` still lacks for this customer's attributes; pass each to `ColumnCatalog.add`. */
export function missingAttributeColumns(catalog: ColumnCatalog, customer: RuleCustomer): ColumnDefinition[] {
  const missing: ColumnDefinition[] = [];
  for (const [key, value] of Object.entries(customer.attributes)) {
    const kind = kindOfValue(value);
    if (kind === null || catalog.attributePosition(key, kind) !== undefined || !isAttributeKey(key)) continue;
    missing.push(attributeColumnDefinition(key, kind));
  }
  return missing;
}

/** The customer's row of `customers`, in the catalog's order. Attributes without a column are left out. */
export function customerRow(catalog: ColumnCatalog, customer: StoredCustomer): Cell[] {
  const row = new Array<Cell>(catalog.columns('customers').length).fill(null);
  const put = (column: string, value: Cell): void => {
    const position = catalog.position('customers', column);
    if (position !== undefined) row[position] = value;
  };
  put('customer_id', customer.customerId);
  put('external_id', textCell(customer.externalId));
  put('org_path', textCell(customer.orgPath));
  put('stage', textCell(customer.stage));
  put('owner_id', textCell(customer.ownerId));
  put('birth_ymd', ymdOf(customer.birthDate) ?? null);
  put('balance_minor', numberCell(customer.balanceMinor));
  put('rfm_recency', rfmScore(customer.rfm?.recency) ?? null);
  put('rfm_frequency', rfmScore(customer.rfm?.frequency) ?? null);
  put('rfm_monetary', rfmScore(customer.rfm?.monetary) ?? null);
  for (const [key, value] of Object.entries(customer.attributes)) {
    const kind = kindOfValue(value);
    const position = kind === null ? undefined : catalog.attributePosition(key, kind);
    if (position !== undefined) row[position] = cellOf(value);
  }
  return row;
}

/** The customer's rows of `tags`. @throws TAG_TIME_INVALID when a validity is not whole milliseconds */
export function tagRows(customer: StoredCustomer): Cell[][] {
  return Object.entries(customer.tags ?? {})
    .filter(([tag]) => kindOfValue(tag) === 'str')
    .map(([tag, { value, validUntilMs }]) => [
      customer.customerId,
      tag,
      textCell(value),
      typeof validUntilMs === 'number' ? momentCell(validUntilMs, 'TAG_TIME_INVALID') : null,
    ]);
}

/**
 * An event's row of `events`. What has no column of its own goes to the JSON, as far as a rule can reach it.
 * @throws EVENT_TIME_INVALID when the event's moment is not whole milliseconds
 */
export function eventRow(catalog: ColumnCatalog, customerId: string, event: RuleEvent): Cell[] {
  const row = new Array<Cell>(catalog.columns('events').length).fill(null);
  const put = (column: string, value: Cell): boolean => {
    const position = catalog.position('events', column);
    if (position === undefined) return false;
    row[position] = value;
    return true;
  };
  put('event_id', event.eventId ?? null);
  put('customer_id', customerId);
  put('type', event.type);
  put('occurred_at_ms', momentCell(event.occurredAtMs, 'EVENT_TIME_INVALID'));
  const rest = restOfData(event.data, [], put);
  put('data', rest === null ? null : JSON.stringify(rest));
  return row;
}

function restOfData(
  data: Readonly<Record<string, unknown>>,
  parents: readonly string[],
  put: (column: string, value: Cell) => boolean,
): Record<string, unknown> | null {
  const rest: [string, unknown][] = [];
  for (const [step, value] of Object.entries(data)) {
    const path = [...parents, step].join('.');
    if (step.includes('.') || parseEventPath(path) === null) continue;
    const kind = kindOfValue(value);
    if (kind !== null) {
      if (!put(eventColumn(path, kind), cellOf(value))) rest.push([step, value]);
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      if (parents.length + 1 >= EVENT_PATH_STEPS_MAX) continue;
      const inner = restOfData(value as Record<string, unknown>, [...parents, step], put);
      if (inner !== null) rest.push([step, inner]);
    }
  }
  return rest.length === 0 ? null : Object.fromEntries(rest);
}

/** The part of DuckDB's appender that writing a row needs. */
export interface RowAppender {
  appendNull(): void;
  appendVarchar(value: string): void;
  appendDouble(value: number): void;
  appendBoolean(value: boolean): void;
  appendInteger(value: number): void;
  appendTinyInt(value: number): void;
  appendBigInt(value: bigint): void;
  endRow(): void;
}

/** Writes one row through an appender made for the table that the columns are of. */
export function appendRow(appender: RowAppender, columns: readonly ColumnDefinition[], row: readonly Cell[]): void {
  columns.forEach(({ type }, i) => {
    const cell = row[i] ?? null;
    if (cell === null) return appender.appendNull();
    switch (type) {
      case 'VARCHAR':
      case 'JSON':
        return appender.appendVarchar(String(cell));
      case 'DOUBLE':
        return appender.appendDouble(Number(cell));
      case 'BOOLEAN':
        return appender.appendBoolean(cell === true);
      case 'INTEGER':
        return appender.appendInteger(Number(cell));
      case 'TINYINT':
        return appender.appendTinyInt(Number(cell));
      case 'BIGINT':
        return appender.appendBigInt(BigInt(cell));
    }
  });
  appender.endRow();
}
