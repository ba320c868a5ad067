import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import type { Hold, HoldItem } from '../domain/hold';

interface HoldDocument extends Omit<Hold, 'holdId'> {
  _id: string;
}

const itemSchema = new Schema<HoldItem>(
  { instanceId: String, stockId: String, customerId: String, amountMinor: Number, heldMinor: Number },
  { _id: false },
);

const holdSchema = new Schema<HoldDocument>(
  {
    _id: String,
    items: { type: [itemSchema], required: true },
    merchantId: { type: String, required: true },
    storeId: { type: String, required: true },
    clerkId: { type: String, required: true },
    outletPath: { type: String, default: '' },
    orderAmountMinor: { type: Number, required: true },
    state: { type: String, required: true },
    heldAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    redemptionIds: { type: [String], default: undefined },
  },
  { collection: 'holds', versionKey: false },
);
holdSchema.index({ state: 1, expiresAt: 1 });

const HOLDS_PER_READ = 1_000;

/** Holds at tills. */
@Injectable()
export class HoldRepository {
  private readonly holds: Model<HoldDocument>;

  constructor(mongo: Mongo) {
    this.holds = mongo.model('Hold', holdSchema);
  }

  async findMany(holdIds: string[], tx: Transaction): Promise<Map<string, Hold>> {
    const documents = await this.holds.collection
      .find({ _id: { $in: holdIds as never[] } }, { session: tx.session })
      .toArray();
    return new Map(documents.map(({ _id, ...fields }) => [String(_id), { holdId: String(_id), ...fields } as Hold]));
  }

  async addMany(holds: Hold[], tx: Transaction): Promise<void> {
    const documents = holds.map(({ holdId, ...fields }) => ({ _id: holdId, ...fields }));
    if (documents.length > 0) await this.holds.collection.insertMany(documents as never[], { session: tx.session });
  }

  async saveStates(holds: Hold[], tx: Transaction): Promise<void> {
    if (holds.length === 0) return;
    await this.holds.collection.bulkWrite(
      holds.map(({ holdId, state, redemptionIds }) => ({
        updateOne: {
          filter: { _id: holdId as never },
          update: { $set: { state, ...(redemptionIds && { redemptionIds }) } },
        },
      })),
      { session: tx.session, ordered: false },
    );
  }

  /** What open holds have set aside of each instance: holds live for minutes, so these are few. */
  async listHeldAmounts(tx?: Transaction): Promise<Map<string, number>> {
    const cursor = this.holds.collection.find(
      { state: 'held' },
      { session: tx?.session, projection: { items: 1 }, batchSize: HOLDS_PER_READ },
    );
    const held = new Map<string, number>();
    for await (const { items } of cursor) {
      for (const { instanceId, heldMinor } of items as HoldItem[]) held.set(instanceId, heldMinor);
    }
    return held;
  }

  /** Open holds past their time, oldest first. */
  async listTimedOut(now: Date, limit: number): Promise<string[]> {
    const documents = await this.holds
      .find({ state: 'held', expiresAt: { $lte: now } }, { _id: 1 })
      .sort({ expiresAt: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }
}
