import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** The rows of a CSV file by column name, spaces around names and values removed. */
export function readTable(path: string, delimiter: ',' | ';'): Record<string, string>[] {
  return parseTable(readFileSync(path, 'utf8'), delimiter);
}

export function parseTable(text: string, delimiter: ',' | ';'): Record<string, string>[] {
  const columns = (header: string[]): string[] => header.map((name) => name.trim());
  return parse(text, { columns, delimiter, trim: true, skip_empty_lines: true }) as Record<string, string>[];
}

/** One line per row in the order of `columns`; the values must need no quotes. */
export function writeTable<C extends string>(columns: readonly C[], rows: readonly Record<C, string>[]): string {
  const lines = rows.map((row) => columns.map((column) => plain(row[column])).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

function plain(value: string): string {
  if (/[",\r\n]/.test(value)) throw new Error('a value of the demo data would need quotes in CSV');
  return value;
}

/** The cell of a column that every row has. */
export function cell(row: Record<string, string>, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`the demo data has no column ${column}`);
  return value;
}
