import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import type { LineError, ListedRow } from '../domain/list-upload';
import { listErrorSchema, listRowsSchema, type ListErrorDocument, type ListRowsDocument } from './list-upload.schema';

const six = (value: number): string => String(value).padStart(6, '0');
const rowsId = (listId: string, bucket: number, batch: number): string => `${listId}|${six(bucket)}|${six(batch)}`;
const errorId = (listId: string, line: number): string => `${listId}|${String(line).padStart(10, '0')}`;

/** Rows of lists' files sorted by customer, and the lines that were refused. */
@Injectable()
export class ListUploadRepository {
  private readonly rowsModel: Model<ListRowsDocument>;
  private readonly errorModel: Model<ListErrorDocument>;

  constructor(mongo: Mongo) {
    this.rowsModel = mongo.model('NameListRows', listRowsSchema);
    this.errorModel = mongo.model('NameListError', listErrorSchema);
  }

  /** @param buckets rows by bucket, of one batch of lines */
  async addRows(
    listId: string,
    batch: number,
    buckets: ReadonlyMap<number, readonly ListedRow[]>,
    tx: Transaction,
  ): Promise<void> {
    if (buckets.size === 0) return;
    const documents = [...buckets].map(([bucket, rows]) => ({
      _id: rowsId(listId, bucket, batch),
      rows: JSON.stringify(rows),
    }));
    await this.rows.insertMany(documents, { session: tx.session });
  }

  /** Of all batches, in the order of the file. */
  async listRows(listId: string, bucket: number, batchCount: number): Promise<ListedRow[]> {
    const ids = Array.from({ length: batchCount }, (_, batch) => rowsId(listId, bucket, batch));
    const documents = await this.rows.find({ _id: { $in: ids } }).toArray();
    return documents.sort((a, b) => (a._id < b._id ? -1 : 1)).flatMap(({ rows }) => JSON.parse(rows) as ListedRow[]);
  }

  async removeRows(listId: string, bucket: number, batchCount: number, tx: Transaction): Promise<void> {
    const ids = Array.from({ length: batchCount }, (_, batch) => rowsId(listId, bucket, batch));
    await this.rows.deleteMany({ _id: { $in: ids } }, { session: tx.session });
  }

  /**
   * Of a list that is not built any more: nobody adds to them, and they are too many for one transaction. `|` sorts before `}`, so the range
   * holds this list's and no other's.
   */
  async removeAllRows(listId: string): Promise<void> {
    await this.rows.deleteMany({ _id: { $gt: `${listId}|`, $lt: `${listId}}` } });
  }

  async addErrors(listId: string, errors: readonly LineError[], tx: Transaction): Promise<void> {
    if (errors.length === 0) return;
    const documents = errors.map((error) => ({ _id: errorId(listId, error.line), ...error }));
    await this.errors.insertMany(documents, { session: tx.session });
  }

  /** By line, after a line. `|` sorts before `}`, so the range holds this list's and no other's. */
  async listErrors(listId: string, limit: number, afterLine: number): Promise<LineError[]> {
    const documents = await this.errors
      .find({ _id: { $gt: errorId(listId, afterLine), $lt: `${listId}}` } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    return documents.map(({ line, reason, message }) => ({ line, reason, message }));
  }

  private get rows(): mongo.Collection<ListRowsDocument> {
    return this.rowsModel.collection as unknown as mongo.Collection<ListRowsDocument>;
  }

  private get errors(): mongo.Collection<ListErrorDocument> {
    return this.errorModel.collection as unknown as mongo.Collection<ListErrorDocument>;
  }
}
