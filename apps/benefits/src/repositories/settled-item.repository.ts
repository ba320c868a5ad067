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

  /** With which batch each of the items was settled; one that was not has no entry. */
  async findMany(itemIds: string[], { session }: Transaction): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (let start = 0; start < itemIds.length; start += IDS_PER_QUERY) {
      const filter = { _id: { $in: itemIds.slice(start, start + IDS_PER_QUERY) as never[] } };
      const documents = await this.items.collection.find(filter, { session }).toArray();
      for (const { _id, batchId } of documents) found.set(String(_id), batchId);
    }
    return found;
  }

  async addMany(batches: readonly { batchId: string; itemIds: string[] }[], { session }: Transaction): Promise<void> {
    const documents = batches.flatMap(({ batchId, itemIds }) => itemIds.map((_id) => ({ _id, batchId })));
    if (documents.length > 0) await this.items.collection.insertMany(documents as never[], { session });
  }
}
