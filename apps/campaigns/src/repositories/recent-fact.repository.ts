import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model, type mongo } from 'mongoose';
import { keepFacts, type FactNews, type FeeNews, type KeptFacts, type OutcomeFactNews } from '../domain/goal-facts';

interface RecentFactsDocument {
  /** The customer. */
  _id: string;
  fees: FeeNews[];
  /** Absent in documents of before outcomes were kept. */
  outcomes?: OutcomeFactNews[];
  heardAt: Date;
}

// Longer than the stream keeps the decision that is missing.
const RETENTION_SECONDS = 10 * 24 * 3600;

const NOTHING: KeptFacts = { fees: [], outcomes: [] };

// Fees were the first facts that were kept.
const schema = new Schema<RecentFactsDocument>(
  { _id: String, fees: [Schema.Types.Mixed], outcomes: [Schema.Types.Mixed], heardAt: Date },
  { collection: 'recent_fees', versionKey: false },
);
schema.index({ heardAt: 1 }, { expireAfterSeconds: RETENTION_SECONDS });

/** What facts said of customers lately, for goals that they turn out to belong to. */
@Injectable()
export class RecentFactRepository {
  private readonly facts: Model<RecentFactsDocument>;

  constructor(mongo: Mongo) {
    this.facts = mongo.model('RecentFacts', schema);
  }

  /**
   * Of a customer who joins, or who joined earlier than was known. The document is written as well: of a fact and a decision that are
   * heard of at once, one is run again and sees the other.
   */
  async take(customerIds: readonly string[], heardAt: Date, tx: Transaction): Promise<Map<string, FactNews[]>> {
    const known = await this.find(customerIds, tx);
    await this.save(new Map(customerIds.map((id) => [id, known.get(id) ?? NOTHING])), heardAt, tx);
    return new Map([...known].map(([id, { fees, outcomes }]) => [id, [...fees, ...outcomes]]));
  }

  async keep(heard: readonly FactNews[], heardAt: Date, tx: Transaction): Promise<void> {
    const customerIds = [...new Set(heard.map(({ customerId }) => customerId))];
    const known = await this.find(customerIds, tx);
    const ofCustomer = (id: string): FactNews[] => heard.filter(({ customerId }) => customerId === id);
    const kept = customerIds.map((id): [string, KeptFacts] => [
      id,
      keepFacts(known.get(id) ?? NOTHING, ofCustomer(id)),
    ]);
    await this.save(new Map(kept), heardAt, tx);
  }

  private async find(customerIds: readonly string[], tx: Transaction): Promise<Map<string, KeptFacts>> {
    if (customerIds.length === 0) return new Map();
    const documents = await this.collection.find({ _id: { $in: [...customerIds] } }, { session: tx.session }).toArray();
    return new Map(documents.map(({ _id, fees, outcomes = [] }) => [_id, { fees, outcomes }]));
  }

  private async save(all: ReadonlyMap<string, KeptFacts>, heardAt: Date, tx: Transaction): Promise<void> {
    if (all.size === 0) return;
    await this.collection.bulkWrite(
      [...all].map(([_id, kept]) => ({
        replaceOne: { filter: { _id }, replacement: { ...kept, heardAt }, upsert: true },
      })),
      { session: tx.session, ordered: false },
    );
  }

  private get collection(): mongo.Collection<RecentFactsDocument> {
    return this.facts.collection as unknown as mongo.Collection<RecentFactsDocument>;
  }
}
