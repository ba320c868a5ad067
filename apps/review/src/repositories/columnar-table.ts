import type { DuckDBAppender } from '@duckdb/node-api';
import { FACT_TABLES, type ColumnKind, type FactRow, type FactTable } from '../domain/fact';

const SQL_TYPE: Record<ColumnKind, string> = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  real: 'DOUBLE',
  flag: 'BOOLEAN',
  time: 'BIGINT',
};

export const tableNames = Object.keys(FACT_TABLES) as FactTable[];

const columnsOf = (table: FactTable): [string, ColumnKind][] => Object.entries(FACT_TABLES[table]);

export function createTableSql(table: FactTable): string {
  const columns = columnsOf(table).map(([name, kind]) => `"${name}" ${SQL_TYPE[kind]}`);
  return `CREATE TABLE "${table}" (${columns.join(', ')})`;
}

/** Appends a stored row; a column that an older fact does not have is null. */
export function appendRow(appender: DuckDBAppender, row: FactRow): void {
  const values = row as unknown as Record<string, unknown>;
  for (const [name, kind] of columnsOf(row.table)) appendValue(appender, kind, values[name]);
  appender.endRow();
}

function appendValue(appender: DuckDBAppender, kind: ColumnKind, value: unknown): void {
  if (value === null || value === undefined) return appender.appendNull();
  switch (kind) {
    case 'text':
      return appender.appendVarchar(String(value));
    case 'integer':
      return appender.appendBigInt(BigInt(Math.trunc(Number(value))));
    case 'real':
      return appender.appendDouble(Number(value));
    case 'flag':
      return appender.appendBoolean(Boolean(value));
    case 'time':
      return appender.appendBigInt(BigInt((value as Date).getTime()));
  }
}
