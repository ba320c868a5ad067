import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { withinScope } from '../../repositories/org-scope.filter';
import {
  rowIdOf,
  type ProductivityCounts,
  type ProductivityRow,
  type RowKind,
  type RowTally,
} from '../domain/productivity';
import {
  countedSchema,
  productivityRowSchema,
  type CountedDocument,
  type ProductivityRowDocument,
} from './productivity.schema';

/** Names looked for, and rows of one table read, at once. */
const NAMES_MAX = 1_000;
const ROWS_MAX = 20_000;

/** Which table. */
export interface TableQuery {
  month: string;
  kind: RowKind;
  scope: string;
}

/** Monthly counts of outlets and circles, and who was counted in them. */
@Injectable()
export class ProductivityRepository {
  private readonly rows: Model<ProductivityRowDocument>;
  private readonly counted: Model<CountedDocument>;

  constructor(mongo: Mongo) {
    this.rows = mongo.model('ProductivityRow', productivityRowSchema);
    this.counted = mongo.model('ProductivityCounted', countedSchema);
  }

  /** Remembers names as counted and tells which were not before. */
  async count(names: readonly string[], now: Date, tx: Transaction): Promise<Set<string>> {
    const fresh = new Set(names);
    const session = { session: tx.session };
    for (let at = 0; at < names.length; at += NAMES_MAX) {
      const chunk = names.slice(at, at + NAMES_MAX);
      const known = await this.counted.find({ _id: { $in: chunk } }, { _id: 1 }, session).lean<{ _id: string }[]>();
      for (const { _id } of known) fresh.delete(_id);
    }
    if (fresh.size > 0) {
      const documents = [...fresh].map((_id) => ({ _id, countedAt: now }));
      await this.counted.insertMany(documents, session);
    }
    return fresh;
  }

  async add(changes: readonly { row: RowTally['row']; counts: ProductivityCounts }[], tx: Transaction): Promise<void> {
    if (changes.length === 0) return;
    const writes = changes.map(({ row, counts }) => ({
      updateOne: { filter: { _id: rowIdOf(row) }, update: { $set: row, $inc: counts }, upsert: true },
    }));
    await this.rows.bulkWrite(writes, { session: tx.session });
  }

  /** A whole table: as many rows as there are outlets or circles. */
  async list({ month, kind, scope }: TableQuery): Promise<ProductivityRow[]> {
    const documents = await this.rows
      .find({ month, kind, ...withinScope('orgPath', scope) })
      .limit(ROWS_MAX)
      .lean<ProductivityRowDocument[]>();
    return documents.map(({ _id, ...row }) => row);
  }
}
