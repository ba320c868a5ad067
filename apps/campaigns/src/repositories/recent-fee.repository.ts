import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model, type mongo } from 'mongoose';
import { keepFees, type FeeNews } from '../domain/goal-fees';

interface RecentFeesDocument {
  /** The customer. */
  _id: string;
  fees: FeeNews[];
  heardAt: Date;
}

// Longer than the stream keeps the decision that is missing.
const RETENTION_SECONDS = 10 * 24 * 3600;

const schema = new Schema<RecentFeesDocument>(
  { _id: String, fees: [Schema.Types.Mixed], heardAt: Date },
  { collection: 'recent_fees', versionKey: false },
);
schema.index({ heardAt: 1 }, { expireAfterSeconds: RETENTION_SECONDS });

/** What was heard of customers' fees lately, for goals that they turn out to belong to. */
@Injectable()
export class RecentFeeRepository {
  private readonly fees: Model<RecentFeesDocument>;

  constructor(mongo: Mongo) {
    this.fees = mongo.model('RecentFees', schema);
  }

  /**
   * Of a customer who joins, or who joined earlier than was known. The document is written as well: of a fee and a decision that are
   * heard of at once, one is run again and sees the other.
   */
  async take(customerIds: readonly string[], heardAt: Date, tx: Transaction): Promise<Map<string, FeeNews[]>> {
    const known = await this.find(customerIds, tx);
    await this.save(new Map(customerIds.map((id) => [id, known.get(id) ?? []])), heardAt, tx);
    return known;
  }

  async keep(heard: readonly FeeNews[], heardAt: Date, tx: Transaction): Promise<void> {
    const customerIds = [...new Set(heard.map(({ customerId }) => customerId))];
    const known = await this.find(customerIds, tx);
    const ofCustomer = (id: string): FeeNews[] => heard.filter(({ customerId }) => customerId === id);
    await this.save(new Map(customerIds.map((id) => [id, keepFees(known.get(id) ?? [], ofCustomer(id))])), heardAt, tx);
  }

  private async find(customerIds: readonly string[], tx: Transaction): Promise<Map<string, FeeNews[]>> {
    if (customerIds.length === 0) return new Map();
    const documents = await this.collection.find({ _id: { $in: [...customerIds] } }, { session: tx.session }).toArray();
    return new Map(documents.map(({ _id, fees }) => [_id, fees]));
  }

  private async save(all: ReadonlyMap<string, FeeNews[]>, heardAt: Date, tx: Transaction): Promise<void> {
    if (all.size === 0) return;
    await this.collection.bulkWrite(
      [...all].map(([_id, fees]) => ({
        replaceOne: { filter: { _id }, replacement: { fees, heardAt }, upsert: true },
      })),
      { session: tx.session, ordered: false },
    );
  }

  private get collection(): mongo.Collection<RecentFeesDocument> {
    return this.fees.collection as unknown as mongo.Collection<RecentFeesDocument>;
  }
}
