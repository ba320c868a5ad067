import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';

interface SettledItemDocument {
  /** The redemption's id, or `reversal.<id>` or `adjustment.<id>`: unique, so that none is settled twice. */
  _id: string;
  batchId: string;
}

const settledItemSchema = new Schema<SettledItemDocument>(
  { _id: String, batchId: { type: String, required: true } },
  { collection: 'settled_items', versionKey: false },
);

const IDS_PER_QUERY = 1_000;

/** Which settlement batch paid what: only ever inserted. */
@Injectable()
export class SettledItemRepository {
  private readonly items: Model<SettledItemDocument>;

  constructor(mongo: Mongo) {
    this.items = mongo.model('SettledItem', settledItemSchema);
  }

  /** One of the items that is settled already, with its batch. */
  async findAny(itemIds: string[], tx: Transaction): Promise<{ itemId: string; batchId: string } | undefined> {
    for (let start = 0; start < itemIds.length; start += IDS_PER_QUERY) {
      const found = await this.items.collection.findOne(
        { _id: { $in: itemIds.slice(start, start + IDS_PER_QUERY) as never[] } },
        { session: tx.session },
      );
      if (found) return { itemId: String(found._id), batchId: found.batchId };
    }
    return undefined;
  }

  async add(itemIds: string[], batchId: string, tx: Transaction): Promise<void> {
    const documents = itemIds.map((_id) => ({ _id, batchId }));
    await this.items.collection.insertMany(documents as never[], { session: tx.session });
  }
}
