import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import type { Touch } from '../domain/touch';
import { touchSchema, type TouchDocument } from './timeline.schema';

/** What the bank did with a customer, as other services tell it. */
@Injectable()
export class TimelineRepository {
  private readonly model: Model<TouchDocument>;

  constructor(mongo: Mongo) {
    this.model = mongo.model('Touch', touchSchema);
  }

  async addMany(touches: readonly Touch[], tx: Transaction): Promise<void> {
    if (touches.length === 0) return;
    await this.collection.insertMany(
      touches.map(({ entryId, ...fields }) => ({ _id: entryId, ...fields })),
      { session: tx.session },
    );
  }

  /** Up to a moment, newest first; those of one moment in the order of their ids. */
  async listUntil(customerId: string, until: Date, limit: number): Promise<Touch[]> {
    const documents = await this.collection
      .find({ customerId, occurredAt: { $lte: until } })
      .sort({ occurredAt: -1, _id: 1 })
      .limit(limit)
      .toArray();
    return documents.map(({ _id, ...fields }) => ({ entryId: _id, ...fields }));
  }

  private get collection(): mongo.Collection<TouchDocument> {
    return this.model.collection as unknown as mongo.Collection<TouchDocument>;
  }
}
