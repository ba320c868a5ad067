import { Inject, Injectable } from '@nestjs/common';
import { csvLines, type CsvLine } from '@tidegate/csv';
import { DomainError, isRetryable } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { isAtOrBelow } from '@tidegate/org-path';
import { Clock } from '@tidegate/service';
import { CUSTOMERS_CLIENT, type CustomersClient } from '../../../peers/peers';
import { CustomerRepository } from '../../../repositories/customer.repository';
import { withFailedPage } from '../../domain/list-build';
import {
  bucketOf,
  checkColumns,
  isBad,
  readNamedRow,
  unknownCustomer,
  withLines,
  type LineError,
  type ListedRow,
} from '../../domain/list-upload';
import type { NameList } from '../../domain/name-list';
import { ListFileRepository } from '../../repositories/list-file.repository';
import { ListUploadRepository } from '../../repositories/list-upload.repository';
import { NameListRepository } from '../../repositories/name-list.repository';

const LINES_PER_BATCH = 5_000;
const DEADLINE_MS = 30_000;
const log = logger('name-lists');

/** A file that is being read, and how far. */
interface Reader {
  lines: AsyncGenerator<CsvLine>;
  lineCount: number;
}

/**
 * Reads the next lines of a list's file: finds their customers, and sorts them into parts. Lines and the place to go on from are one write. The open file is only
 * a short cut: whoever has none begins at the top and passes over what is done.
 */
@Injectable()
export class ReadUploadUseCase {
  private readonly readers = new Map<string, Reader>();

  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly uploads: ListUploadRepository,
    private readonly files: ListFileRepository,
    private readonly facts: CustomerRepository,
    @Inject(CUSTOMERS_CLIENT) private readonly customers: CustomersClient,
    private readonly clock: Clock,
  ) {}

  /** The list after the lines, or after they failed. */
  async execute(list: NameList): Promise<NameList> {
    const { upload } = list;
    if (upload === null) return list;
    try {
      const lines = await this.next(list, upload.lineCount);
      const { rows, errors } = await this.readRows(lines, list.orgPath);
      return await this.store(list, { lineCount: lines.length, rows, errors });
    } catch (error) {
      this.readers.delete(list.listId);
      return this.fail(list, error);
    }
  }

  /** Closes the files of lists that are not among those that are read. */
  retain(listIds: ReadonlySet<string>): void {
    for (const listId of this.readers.keys()) if (!listIds.has(listId)) this.readers.delete(listId);
  }

  private async next(list: NameList, lineCount: number): Promise<CsvLine[]> {
    let reader = this.readers.get(list.listId);
    if (reader?.lineCount !== lineCount) {
      reader = { lines: csvLines(this.content(list), ',', checkColumns), lineCount: 0 };
      this.readers.set(list.listId, reader);
    }
    const lines: CsvLine[] = [];
    while (lines.length < LINES_PER_BATCH) {
      const { value, done } = await reader.lines.next();
      if (done) break;
      if (reader.lineCount < lineCount) reader.lineCount += 1;
      else lines.push(value);
    }
    reader.lineCount += lines.length;
    return lines;
  }

  private async *content({ listId, upload }: NameList): AsyncGenerator<Buffer> {
    for (let sequence = 0; sequence < (upload?.pieceCount ?? 0); sequence += 1) {
      const piece = await this.files.find(listId, sequence);
      if (piece === null) throw new Error(`piece ${sequence} of name list ${listId} is gone`);
      yield piece;
    }
  }

  private async readRows(
    lines: readonly CsvLine[],
    orgPath: string,
  ): Promise<{ rows: ListedRow[]; errors: LineError[] }> {
    const errors: LineError[] = [];
    const named: ListedRow[] = [];
    for (const { fileLine, cells, reason, message } of lines) {
      const row = cells ? readNamedRow(cells) : { reason, message };
      if (isBad(row)) errors.push({ line: fileLine, ...row });
      else named.push({ ...row, line: fileLine });
    }
    const idOf = await this.findIds(named, orgPath);
    const known = await this.facts.findNames(named.map((row) => idOf(row)));
    const rows: ListedRow[] = [];
    for (const row of named) {
      const customerId = idOf(row);
      const found = known.get(customerId);
      const isForeign = found !== undefined && !isAtOrBelow(found.orgPath, orgPath);
      const externalId = found?.externalId ?? (row.customerId === '' ? row.externalId : undefined);
      if (customerId === '' || externalId === undefined || isForeign) {
        errors.push({ line: row.line, ...unknownCustomer() });
      } else rows.push({ ...row, customerId, externalId });
    }
    return { rows, errors };
  }

  /** The customer id of a row; empty when the organisation has no such customer, whatever has arrived here of him. */
  private async findIds(rows: readonly ListedRow[], orgPath: string): Promise<(row: ListedRow) => string> {
    const externalIds = [...new Set(rows.flatMap((row) => (row.customerId === '' ? [row.externalId] : [])))];
    if (externalIds.length === 0) return ({ customerId }) => customerId;
    const { customers } = await this.customers.findCustomerIds({ externalIds, orgPath }, { deadlineMs: DEADLINE_MS });
    const known = new Map(customers.map(({ externalId, customerId }) => [externalId, customerId]));
    return (row) => row.customerId || (known.get(row.externalId) ?? '');
  }

  private store(
    list: NameList,
    read: { lineCount: number; rows: ListedRow[]; errors: LineError[] },
  ): Promise<NameList> {
    const isEnd = read.lineCount < LINES_PER_BATCH;
    const { listId } = list;
    if (isEnd) this.readers.delete(listId);
    return this.mongo.transaction(async (tx) => {
      const current = await this.lists.get(listId, tx);
      const { upload } = current;
      const isAtLine = upload !== null && !upload.isRead && upload.lineCount === list.upload?.lineCount;
      if (current.state !== 'building' || !isAtLine) return current;
      await this.uploads.addRows(listId, upload.batchCount, intoBuckets(read.rows, upload.bucketCount), tx);
      await this.uploads.addErrors(listId, read.errors, tx);
      if (isEnd) await this.files.remove(listId, tx);
      const counts = { lineCount: read.lineCount, errorCount: read.errors.length, isEnd };
      const next = withLines(current, upload, counts);
      await this.lists.save(next, tx);
      return next;
    });
  }

  private async fail(list: NameList, error: unknown): Promise<NameList> {
    const reason = error instanceof DomainError ? error.reason : 'INTERNAL';
    log.warn({ err: error, listId: list.listId }, 'lines of a name list were not read');
    const after = await this.mongo.transaction(async (tx) => {
      const current = await this.lists.get(list.listId, tx);
      if (current.state !== 'building') return current;
      const next = withFailedPage(current, reason, isRetryable(error), this.clock.now());
      if (next.state === 'failed') await this.files.remove(list.listId, tx);
      await this.lists.save(next, tx);
      return next;
    });
    if (after.state === 'failed') await this.uploads.removeAllRows(list.listId);
    return after;
  }
}

function intoBuckets(rows: readonly ListedRow[], bucketCount: number): Map<number, ListedRow[]> {
  const buckets = new Map<number, ListedRow[]>();
  for (const row of rows) {
    const bucket = bucketOf(row.customerId, bucketCount);
    const known = buckets.get(bucket);
    if (known) known.push(row);
    else buckets.set(bucket, [row]);
  }
  return buckets;
}
