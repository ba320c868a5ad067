import { DomainError } from '@tidegate/errors';
import type { ValueKind } from './rule-field';
import { sqlIdentifier } from './sql-literal';

export type ColumnType = 'VARCHAR' | 'DOUBLE' | 'BOOLEAN' | 'INTEGER' | 'TINYINT' | 'BIGINT' | 'JSON';
export interface ColumnDefinition {
  name: string;
  type: ColumnType;
}

/** The tables of the columnar copy. A fact that is often asked about has a typed column of its own, never JSON. */
export type ColumnarTable = 'customers' | 'tags' | 'events';

const KIND_TYPES: Record<ValueKind, ColumnType> = { num: 'DOUBLE', str: 'VARCHAR', bool: 'BOOLEAN' };
const COLUMNS_MAX = 2_000;

// A prefix code over [a-z0-9_], since DuckDB's identifiers ignore case: two keys never share a column, and camelCase reads as
// snake_case. Lower-case letters and digits stand for themselves, `_a` for A, `__` for _, `_0<hex>_` for anything else.
const encodeKey = (key: string): string =>
  key.replace(/[^a-z0-9]/gu, (character) => {
    if (character === '_') return '__';
    if (character >= 'A' && character <= 'Z') return `_${character.toLowerCase()}`;
    return `_0${(character.codePointAt(0) ?? 0).toString(16)}_`;
  });

/** The column of `customers` that holds an attribute's values of one kind, e.g. `attr_monthly_income_num`. */
export const attributeColumn = (key: string, kind: ValueKind): string => `attr_${encodeKey(key)}_${kind}`;

/** The column of `events` for the values of one kind at a path of the data, e.g. `data_amount_minor_num`. */
export const eventColumn = (path: string, kind: ValueKind): string => `data_${encodeKey(path)}_${kind}`;

export const attributeColumnDefinition = (key: string, kind: ValueKind): ColumnDefinition => ({
  name: attributeColumn(key, kind),
  type: KIND_TYPES[kind],
});
export const eventColumnDefinition = (path: string, kind: ValueKind): ColumnDefinition => ({
  name: eventColumn(path, kind),
  type: KIND_TYPES[kind],
});

const CUSTOMER_COLUMNS: readonly ColumnDefinition[] = [
  { name: 'customer_id', type: 'VARCHAR' },
  { name: 'external_id', type: 'VARCHAR' },
  { name: 'org_path', type: 'VARCHAR' },
  { name: 'stage', type: 'VARCHAR' },
  { name: 'owner_id', type: 'VARCHAR' },
  { name: 'birth_ymd', type: 'INTEGER' },
  { name: 'balance_minor', type: 'DOUBLE' },
  { name: 'rfm_recency', type: 'TINYINT' },
  { name: 'rfm_frequency', type: 'TINYINT' },
  { name: 'rfm_monetary', type: 'TINYINT' },
];

const TAG_COLUMNS: readonly ColumnDefinition[] = [
  { name: 'customer_id', type: 'VARCHAR' },
  { name: 'tag', type: 'VARCHAR' },
  { name: 'value', type: 'VARCHAR' },
  { name: 'valid_until_ms', type: 'BIGINT' },
];

/** The event data that the platform asks about most; more can be promoted with `eventColumnDefinition`. */
const PROMOTED: readonly [path: string, kind: ValueKind][] = [
  ['amountMinor', 'num'],
  ['currency', 'str'],
  ['operation', 'str'],
  ['channel', 'str'],
  ['productId', 'str'],
  ['merchantId', 'str'],
];

const EVENT_COLUMNS: readonly ColumnDefinition[] = [
  { name: 'event_id', type: 'VARCHAR' },
  { name: 'customer_id', type: 'VARCHAR' },
  { name: 'type', type: 'VARCHAR' },
  { name: 'occurred_at_ms', type: 'BIGINT' },
  ...PROMOTED.map(([path, kind]) => eventColumnDefinition(path, kind)),
  { name: 'data', type: 'JSON' },
];

/**
 * The columns that the copy's tables have, in their order. It grows with the attributes seen; each growth is an ALTER TABLE.
 * After a restart, build it from information_schema.columns ordered by ordinal_position.
 */
export class ColumnCatalog {
  private readonly tables: Record<ColumnarTable, ColumnDefinition[]>;
  private readonly positions: Record<ColumnarTable, Map<string, number>>;
  // Encoding a key for each cell of a bulk load would cost more than writing the cell.
  private readonly attributePositions: Record<ValueKind, Map<string, number>> = {
    num: new Map(),
    str: new Map(),
    bool: new Map(),
  };

  constructor(columns: Partial<Record<ColumnarTable, readonly ColumnDefinition[]>> = {}) {
    this.tables = {
      customers: [...(columns.customers ?? CUSTOMER_COLUMNS)],
      tags: [...(columns.tags ?? TAG_COLUMNS)],
      events: [...(columns.events ?? EVENT_COLUMNS)],
    };
    const index = (table: ColumnarTable): Map<string, number> =>
      new Map(this.tables[table].map((column, position) => [column.name, position]));
    this.positions = { customers: index('customers'), tags: index('tags'), events: index('events') };
  }

  columns(table: ColumnarTable): readonly ColumnDefinition[] {
    return this.tables[table];
  }

  has(table: ColumnarTable, column: string): boolean {
    return this.positions[table].has(column);
  }

  /** The column's place in its table, from 0; undefined when there is no such column. */
  position(table: ColumnarTable, column: string): number | undefined {
    return this.positions[table].get(column);
  }

  /** The place in `customers` of an attribute's values of one kind; undefined when it has no column. */
  attributePosition(key: string, kind: ValueKind): number | undefined {
    const known = this.attributePositions[kind].get(key);
    if (known !== undefined) return known;
    const position = this.position('customers', attributeColumn(key, kind));
    if (position !== undefined) this.attributePositions[kind].set(key, position);
    return position;
  }

  /**
   * Adds a column at the end and returns the statement that does so in the database, or null when it is there already.
   * @throws COLUMNS_EXHAUSTED when the table has 2,000 columns
   */
  add(table: ColumnarTable, column: ColumnDefinition): string | null {
    if (this.has(table, column.name)) return null;
    const columns = this.tables[table];
    if (columns.length >= COLUMNS_MAX) {
      throw new DomainError({
        code: 'RESOURCE_EXHAUSTED',
        reason: 'COLUMNS_EXHAUSTED',
        message: `The table ${table} has ${COLUMNS_MAX} columns; no attribute can be added.`,
      });
    }
    this.positions[table].set(column.name, columns.length);
    columns.push(column);
    return `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${sqlIdentifier(column.name)} ${column.type}`;
  }
}

const REQUIRED: Record<ColumnarTable, readonly string[]> = {
  customers: [],
  tags: ['customer_id', 'tag'],
  events: ['customer_id', 'type', 'occurred_at_ms'],
};

/**
 * The statements that create the tables when they are not there. `tags` and `events` have no key, for bulk speed: a writer
 * replaces all tags of a customer at once, and adds each event once.
 */
export function createTablesSql(catalog: ColumnCatalog): string[] {
  return (['customers', 'tags', 'events'] as const).map((table) => {
    const columns = catalog.columns(table).map(({ name, type }) => {
      const constraint =
        table === 'customers' && name === 'customer_id'
          ? ' PRIMARY KEY'
          : REQUIRED[table].includes(name)
            ? ' NOT NULL'
            : '';
      return `${sqlIdentifier(name)} ${type}${constraint}`;
    });
    return `CREATE TABLE IF NOT EXISTS ${table} (${columns.join(', ')})`;
  });
}
