import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model, type mongo } from 'mongoose';
import type { ThreadEntry } from '../domain/thread';

interface ThreadEntryDocument extends Omit<ThreadEntry, 'entryId'> {
  _id: string;
}

const schema = new Schema<ThreadEntryDocument>(
  { _id: String, customerId: String },
  // Written as it is: an entry is built by the domain, and what is asked for is declared above.
  { collection: 'thread_entries', versionKey: false, strict: false, minimize: false },
);
schema.index({ customerId: 1, _id: -1 });

/** What was said with customers. Ids grow with time. */
@Injectable()
export class ThreadRepository {
  private readonly entries: Model<ThreadEntryDocument>;

  constructor(mongo: Mongo) {
    this.entries = mongo.model('ThreadEntry', schema);
  }

  async addMany(entries: readonly ThreadEntry[], tx: Transaction): Promise<void> {
    if (entries.length === 0) return;
    const documents = entries.map(({ entryId, ...fields }) => ({ _id: entryId, ...fields }));
    const collection = this.entries.collection as unknown as mongo.Collection<ThreadEntryDocument>;
    await collection.insertMany(documents, { session: tx.session });
  }

  /** What was said with any of the customers, newest first; `before` is the last row. */
  async list(customerIds: readonly string[], limit: number, before?: string): Promise<ThreadEntry[]> {
    const documents = await this.entries
      .find({ customerId: { $in: [...customerIds] }, ...(before && { _id: { $lt: before } }) })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<ThreadEntryDocument[]>();
    return documents.map(({ _id, ...fields }) => ({ entryId: _id, ...fields }));
  }
}
