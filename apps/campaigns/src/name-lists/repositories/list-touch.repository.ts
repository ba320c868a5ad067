import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model, type mongo } from 'mongoose';
import { touchKey, type ListTouch } from '../domain/list-touch';

interface ListTouchDocument extends ListTouch {
  _id: string;
}

const schema = new Schema<ListTouchDocument>(
  { _id: String, strategyId: String, customerId: String, touchedAtMs: Number, leadId: String, seatId: String },
  { collection: 'list_touches', versionKey: false },
);

/** When a person last had a customer of a strategy in hand, kept by the events of leads. */
@Injectable()
export class ListTouchRepository {
  private readonly touches: Model<ListTouchDocument>;

  constructor(mongo: Mongo) {
    this.touches = mongo.model('ListTouch', schema);
  }

  /** By key. */
  async findMany(
    keys: readonly Pick<ListTouch, 'strategyId' | 'customerId'>[],
    tx?: Transaction,
  ): Promise<Map<string, ListTouch>> {
    if (keys.length === 0) return new Map();
    const documents = await this.collection
      .find({ _id: { $in: keys.map(touchKey) } }, { session: tx?.session })
      .toArray();
    return new Map(documents.map(({ _id, ...touch }) => [_id, touch]));
  }

  async saveMany(touches: readonly ListTouch[], tx: Transaction): Promise<void> {
    if (touches.length === 0) return;
    await this.collection.bulkWrite(
      touches.map((touch) => ({
        updateOne: { filter: { _id: touchKey(touch) }, update: { $set: touch }, upsert: true },
      })),
      { session: tx.session, ordered: false },
    );
  }

  private get collection(): mongo.Collection<ListTouchDocument> {
    return this.touches.collection as unknown as mongo.Collection<ListTouchDocument>;
  }
}
