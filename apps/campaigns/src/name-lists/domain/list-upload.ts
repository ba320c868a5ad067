import { refused } from '@tidegate/errors';
import { NOT_WAITING } from './list-build';
import { moved, type NameList, type UploadProgress } from './name-list';

/** A line of a list's file that names a customer there is. */
export interface ListedRow {
  customerId: string;
  externalId: string;
  /** Who looks after him by the file; empty for whoever does by his profile. */
  agentId: string;
  /** In the file; the header is line 1. */
  line: number;
}

/** A line that was refused, and why. */
export interface LineError {
  line: number;
  reason: string;
  message: string;
}

/** What a line says, before it is known whether there is such a customer. */
export type NamedRow = Omit<ListedRow, 'line'>;

const AGENT_ID_LENGTH_MAX = 128;
const ID_LENGTH_MAX = 128;
/** Rows of a bucket are read together: about 3,000 of the usual length. */
const BUCKET_BYTES = 60 * 1024;
const BUCKETS_MAX = 2_000;
const PREFIX_DIGITS = 8;

export const COLUMNS = { externalId: 'external_id', customerId: 'customer_id', agentId: 'agent_id' } as const;

/** @throws NAME_LIST_COLUMN_MISSING when no column names customers */
export function checkColumns(columns: readonly string[]): void {
  if (columns.includes(COLUMNS.externalId) || columns.includes(COLUMNS.customerId)) return;
  throw refused('NAME_LIST_COLUMN_MISSING', `The file has no column ${COLUMNS.externalId} or ${COLUMNS.customerId}.`);
}

/** The list with one more piece of its file; after the last one it is built. */
export function withPiece(
  list: NameList,
  upload: UploadProgress,
  piece: { content: Uint8Array; isLast: boolean },
): NameList {
  const byteCount = upload.byteCount + piece.content.length;
  const received = { ...upload, pieceCount: upload.pieceCount + 1, byteCount };
  if (!piece.isLast) return { ...list, upload: received };
  const bucketCount = Math.min(BUCKETS_MAX, Math.max(1, Math.ceil(byteCount / BUCKET_BYTES)));
  return { ...list, state: moved(list, 'receive'), upload: { ...received, bucketCount } };
}

/** What a line names, or why it is refused. */
export function readNamedRow(cells: Record<string, string>): NamedRow | Omit<LineError, 'line'> {
  const cell = (column: string): string => cells[column]?.trim() ?? '';
  const row = {
    customerId: cell(COLUMNS.customerId),
    externalId: cell(COLUMNS.externalId),
    agentId: cell(COLUMNS.agentId),
  };
  if (row.customerId === '' && row.externalId === '') return bad('CUSTOMER_MISSING', 'The line names no customer.');
  if (row.customerId.length > ID_LENGTH_MAX || row.externalId.length > ID_LENGTH_MAX) {
    return unknownCustomer();
  }
  if (row.agentId.length > AGENT_ID_LENGTH_MAX) return bad('AGENT_INVALID', 'The person’s id is too long.');
  return row;
}

/** There is none, or he is another organisation's: a list does not tell which. */
export const unknownCustomer = (): Omit<LineError, 'line'> => bad('CUSTOMER_UNKNOWN', 'There is no such customer.');

export const isBad = (row: NamedRow | Omit<LineError, 'line'>): row is Omit<LineError, 'line'> => 'reason' in row;

const bad = (reason: string, message: string): Omit<LineError, 'line'> => ({ reason, message });

/** Which part of the customers an id belongs to: parts follow one another in the order of ids. */
export function bucketOf(customerId: string, bucketCount: number): number {
  const prefix = parseInt(customerId.slice(0, PREFIX_DIGITS), 16);
  if (!Number.isFinite(prefix) || bucketCount <= 1) return 0;
  return Math.min(bucketCount - 1, Math.floor((prefix / 16 ** PREFIX_DIGITS) * bucketCount));
}

/** Rows in the order of customers, of those that name the same one the first; the others are errors of their lines. */
export function sortRows(rows: readonly ListedRow[]): { rows: ListedRow[]; errors: LineError[] } {
  const first = new Map<string, ListedRow>();
  const errors: LineError[] = [];
  for (const row of rows.toSorted((a, b) => a.line - b.line)) {
    const known = first.get(row.customerId);
    if (known === undefined) first.set(row.customerId, row);
    else errors.push({ line: row.line, reason: 'CUSTOMER_REPEATED', message: `As in line ${known.line}.` });
  }
  const sorted = [...first.values()].sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
  return { rows: sorted, errors };
}

/** The list with more lines of its file read. */
export function withLines(
  list: NameList,
  upload: UploadProgress,
  read: { lineCount: number; errorCount: number; isEnd: boolean },
): NameList {
  const lineCount = upload.lineCount + read.lineCount;
  const refusedCount = upload.refusedCount + read.errorCount;
  return {
    ...list,
    expectedCount: lineCount - refusedCount,
    upload: { ...upload, lineCount, refusedCount, batchCount: upload.batchCount + 1, isRead: read.isEnd },
    build: { ...list.build, ...NOT_WAITING },
  };
}
