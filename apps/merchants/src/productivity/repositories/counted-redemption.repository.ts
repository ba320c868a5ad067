import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { CountedRedemption } from '../domain/counted-redemption';
import { countedRedemptionSchema, type CountedRedemptionDocument } from './productivity.schema';

/** What was counted of redemptions and their reversals. */
@Injectable()
export class CountedRedemptionRepository {
  private readonly redemptions: Model<CountedRedemptionDocument>;

  constructor(mongo: Mongo) {
    this.redemptions = mongo.model('ProductivityRedemption', countedRedemptionSchema);
  }

  /** By id, of those that something was heard of. */
  async findMany(redemptionIds: string[], tx: Transaction): Promise<Map<string, CountedRedemption>> {
    const documents = await this.redemptions
      .find({ _id: { $in: redemptionIds } }, null, { session: tx.session })
      .lean<CountedRedemptionDocument[]>();
    return new Map(
      documents.map(({ _id, fact, isReversed }) => [_id, { redemptionId: _id, fact, isReversed }] as const),
    );
  }

  async saveMany(redemptions: readonly CountedRedemption[], countedAt: Date, tx: Transaction): Promise<void> {
    if (redemptions.length === 0) return;
    const writes = redemptions.map(({ redemptionId, ...fields }) => ({
      updateOne: { filter: { _id: redemptionId }, update: { $set: { ...fields, countedAt } }, upsert: true },
    }));
    await this.redemptions.bulkWrite(writes, { session: tx.session });
  }
}
