import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';

interface VisitorDocument {
  /** Plan and customer. */
  _id: string;
  /** Goes up with each visit of his, or of another profile of his person. */
  revision: number;
}

const visitorSchema = new Schema<VisitorDocument>(
  { _id: String, revision: { type: Number, required: true } },
  { collection: 'visitors', versionKey: false },
);

/** Who was counted under a plan: written with each visit, so that two profiles of a person that come at once are a write conflict. */
@Injectable()
export class VisitorRepository {
  private readonly visitors: Model<VisitorDocument>;

  constructor(mongo: Mongo) {
    this.visitors = mongo.model('Visitor', visitorSchema);
  }

  async touch(planId: string, customerIds: readonly string[], { session }: Transaction): Promise<void> {
    const writes = customerIds.map((customerId) => ({
      updateOne: { filter: { _id: `${planId}|${customerId}` }, update: { $inc: { revision: 1 } }, upsert: true },
    }));
    await this.visitors.bulkWrite(writes, { session });
  }
}
