import { Injectable } from '@nestjs/common';
import { isDuplicateKey, Mongo, newId, type Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import type { Customer } from '../domain/customer';
import { databaseIdentitySchema, feedSchema, type FeedDocument, type FiledEntry } from './feed.schema';

/** Name of a feed entry and when it was written, by the clock of its writer. */
export interface FeedEntry {
  entryId: string;
  at: Date;
}

/**
 * A log of what each transaction changed. Every replica keeps a columnar copy of its own and reads the log to follow; an
 * entry is written with the change, so a copy that has read all entries lacks nothing.
 */
@Injectable()
export class FeedRepository {
  private readonly model: Model<FeedDocument>;
  private readonly identities: Model<{ _id: string; identity: string }>;
  private readonly listeners: (() => void)[] = [];
  private readonly open = new WeakMap<Transaction, FeedDocument>();

  constructor(mongo: Mongo) {
    this.model = mongo.model('Feed', feedSchema);
    this.identities = mongo.model('DatabaseIdentity', databaseIdentitySchema);
    mongo.onCommit(() => this.listeners.forEach((listener) => listener()));
  }

  /** Called after commits of this process. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  tellCustomers(customers: readonly Customer[], tx: Transaction): void {
    const entry = this.entryOf(tx);
    for (const { customerId } of customers) entry.customerIds.push(customerId);
  }

  tellFacts(filed: FiledEntry, tx: Transaction): void {
    this.entryOf(tx).filed.push(filed);
  }

  /** Stores what the transaction told so far; call it last in every transaction that writes customers or facts. */
  async write(tx: Transaction): Promise<void> {
    const entry = this.open.get(tx);
    if (!entry) return;
    this.open.delete(tx);
    await this.collection.insertOne(entry, { session: tx.session });
  }

  /** Entries written since a moment, without their content. */
  async listSince(at: Date): Promise<FeedEntry[]> {
    const documents = await this.collection
      .find({ at: { $gte: at } }, { projection: { at: 1 } })
      .sort({ at: 1 })
      .toArray();
    return documents.map((document) => ({ entryId: document._id, at: document.at }));
  }

  /** What the entries told, each id once. */
  async read(entryIds: readonly string[]): Promise<{ customerIds: string[]; filed: FiledEntry[] }> {
    const documents = await this.collection.find({ _id: { $in: [...entryIds] } }).toArray();
    return {
      customerIds: [...new Set(documents.flatMap((document) => document.customerIds))],
      filed: documents.flatMap((document) => document.filed ?? []),
    };
  }

  /** Stays the same for as long as the database lives. */
  async identity(): Promise<string> {
    const found = await this.identities.findById('identity').lean();
    if (found) return found.identity;
    try {
      await this.identities.create({ _id: 'identity', identity: newId() });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    return this.identity();
  }

  private entryOf(tx: Transaction): FeedDocument {
    let entry = this.open.get(tx);
    if (!entry) {
      entry = { _id: newId(), customerIds: [], filed: [], at: new Date() };
      this.open.set(tx, entry);
    }
    return entry;
  }

  private get collection(): mongo.Collection<FeedDocument> {
    return this.model.collection as unknown as mongo.Collection<FeedDocument>;
  }
}
