import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model, type mongo } from 'mongoose';

interface TalkDocument {
  /** Customer id. */
  _id: string;
  leadId: string;
  /** How often a talk of another profile of the person began: whoever begins one here meanwhile collides with it. */
  touchCount?: number;
}

const schema = new Schema<TalkDocument>(
  { _id: String, leadId: String, touchCount: Number },
  { collection: 'talks', versionKey: false },
);

/**
 * The lead that somebody talks to a customer about, or is offered: one document for each profile. Who begins a talk writes the documents of all
 * profiles of the person, so that two replicas that begin one with him at once meet in a write conflict.
 */
@Injectable()
export class TalkRepository {
  private readonly talks: Model<TalkDocument>;

  constructor(mongo: Mongo) {
    this.talks = mongo.model('Talk', schema);
  }

  async findMany(customerIds: readonly string[], tx: Transaction): Promise<Map<string, string>> {
    if (customerIds.length === 0) return new Map();
    const documents = await this.collection
      .find({ _id: { $in: [...new Set(customerIds)] } }, { session: tx.session })
      .toArray();
    return new Map(documents.map(({ _id, leadId }) => [_id, leadId]));
  }

  /**
   * @param talks profile → its lead; also of profiles that say what they said, and are only touched
   * @param known profiles that a talk was read of in the same transaction: the others are new, and two who begin one at once collide
   */
  async saveMany(talks: ReadonlyMap<string, string>, known: ReadonlySet<string>, tx: Transaction): Promise<void> {
    const fresh = [...talks].filter(([customerId]) => !known.has(customerId));
    const changed = [...talks].filter(([customerId]) => known.has(customerId));
    if (fresh.length > 0) {
      const documents = fresh.map(([_id, leadId]) => ({ _id, leadId }));
      await this.collection.insertMany(documents, { session: tx.session });
    }
    if (changed.length === 0) return;
    await this.collection.bulkWrite(
      changed.map(([_id, leadId]) => ({
        updateOne: { filter: { _id }, update: { $set: { leadId }, $inc: { touchCount: 1 } } },
      })),
      { session: tx.session, ordered: false },
    );
  }

  private get collection(): mongo.Collection<TalkDocument> {
    return this.talks.collection as unknown as mongo.Collection<TalkDocument>;
  }
}
