import { Injectable } from '@nestjs/common';
import { Mongo, prepareInsert, prepareSave, type PreparedWrite, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { touch } from '../../repositories/touch';
import { emptyAccount, nextExpiry, type PointsAccount } from '../domain/points-account';
import type { PointsEntry } from '../domain/points-entry';
import {
  pointsAccountSchema,
  pointsEntrySchema,
  type PointsAccountDocument,
  type PointsEntryDocument,
} from './points.schema';

const ROWS_PER_READ = 5_000;
// An account without lots is not looked at by the sweep.
const NEVER = new Date('9999-01-01T00:00:00Z');

/** Points accounts and their history; read and written by id, many at a time. */
@Injectable()
export class PointsRepository {
  private readonly accounts: Model<PointsAccountDocument>;
  private readonly entries: Model<PointsEntryDocument>;

  constructor(mongo: Mongo) {
    this.accounts = mongo.model('PointsAccount', pointsAccountSchema);
    this.entries = mongo.model('PointsEntry', pointsEntrySchema);
  }

  /** Accounts by customer; who never had points has no entry. */
  async findAccounts(customerIds: string[], tx?: Transaction): Promise<Map<string, PointsAccount>> {
    const documents = await this.accounts.collection
      .find({ _id: { $in: customerIds as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(documents.map((document) => [String(document._id), toAccount(document as never)]));
  }

  /** Sends them when it is called; one not in `known` is new. */
  prepareAccounts(accounts: readonly PointsAccount[], known: { has(customerId: string): boolean }): PreparedWrite {
    return prepareSave(this.accounts, accounts.map(toDocument), known);
  }

  countAccounts(): Promise<number> {
    return this.accounts.collection.countDocuments({});
  }

  /** Every account, in no order, as it is when it is read. */
  async *streamAccounts(): AsyncGenerator<PointsAccount> {
    const cursor = this.accounts.collection.find({}, { batchSize: ROWS_PER_READ });
    for await (const document of cursor) yield toAccount(document as never);
  }

  /** Marks accounts that others earned beside, so that two profiles of a person that earn at once are a write conflict. */
  touchAccounts(customerIds: readonly string[], tx: Transaction): Promise<void> {
    return touch(
      this.accounts,
      customerIds.map((customerId) => toDocument(emptyAccount(customerId))),
      tx,
    );
  }

  /** Customers with a lot that has expired. */
  async listExpired(now: Date, limit: number): Promise<string[]> {
    const documents = await this.accounts.collection
      .find({ nextExpiryAt: { $lte: now } }, { projection: { _id: 1 } })
      .sort({ nextExpiryAt: 1 })
      .limit(limit)
      .toArray();
    return documents.map(({ _id }) => String(_id));
  }

  async findEntries(entryIds: string[], tx?: Transaction): Promise<Map<string, PointsEntry>> {
    const documents = await this.entries.collection
      .find({ _id: { $in: entryIds as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(documents.map((document) => [String(document._id), toEntry(document as never)]));
  }

  /** Sends them when it is called. */
  prepareEntries(entries: readonly PointsEntry[]): PreparedWrite {
    const documents = entries.map(({ entryId, ...fields }) => ({ _id: entryId, ...fields }));
    return prepareInsert(this.entries, documents);
  }

  /** One customer's history, newest first. */
  async listEntries(
    customerId: string,
    limit: number,
    after?: { bookedAt: Date; entryId: string },
  ): Promise<PointsEntry[]> {
    const older = after && {
      $or: [{ bookedAt: { $lt: after.bookedAt } }, { bookedAt: after.bookedAt, _id: { $lt: after.entryId } }],
    };
    const documents = await this.entries
      .find({ customerId, ...older })
      .sort({ bookedAt: -1, _id: -1 })
      .limit(limit)
      .lean<PointsEntryDocument[]>();
    return documents.map(toEntry);
  }
}

const toAccount = ({ _id, lots, counters }: PointsAccountDocument): PointsAccount => ({
  customerId: _id,
  lots,
  counters,
});

function toDocument(account: PointsAccount): PointsAccountDocument {
  const { customerId, lots, counters } = account;
  return { _id: customerId, lots, counters, nextExpiryAt: nextExpiry(account) ?? NEVER };
}

const toEntry = ({ _id, ...fields }: PointsEntryDocument): PointsEntry => ({ entryId: _id, ...fields });
