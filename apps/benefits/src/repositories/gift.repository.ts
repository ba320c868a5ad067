import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import type { Gift } from '../domain/gift';

interface GiftDocument extends Omit<Gift, 'giftId'> {
  _id: string;
}

const giftSchema = new Schema<GiftDocument>(
  {
    _id: String,
    instanceId: { type: String, required: true },
    stockId: { type: String, required: true },
    fromCustomerId: { type: String, required: true },
    toCustomerId: String,
    state: { type: String, required: true },
    offeredAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'gifts', versionKey: false },
);
giftSchema.index({ state: 1, expiresAt: 1 });

/** Gifts on their way, and what became of them. */
@Injectable()
export class GiftRepository {
  private readonly gifts: Model<GiftDocument>;

  constructor(mongo: Mongo) {
    this.gifts = mongo.model('Gift', giftSchema);
  }

  async find(giftId: string, tx: Transaction): Promise<Gift | null> {
    const document = await this.gifts.findById(giftId, null, { session: tx.session }).lean<GiftDocument>();
    if (!document) return null;
    const { _id, ...fields } = document;
    return { giftId: _id, ...fields };
  }

  async add({ giftId, ...fields }: Gift, tx: Transaction): Promise<void> {
    await this.gifts.create([{ _id: giftId, ...fields }], { session: tx.session });
  }

  async save({ giftId, state, toCustomerId }: Gift, tx: Transaction): Promise<void> {
    await this.gifts.updateOne({ _id: giftId }, { $set: { state, toCustomerId } }, { session: tx.session });
  }

  /** Open gifts past their date, oldest first. */
  async listExpired(now: Date, limit: number): Promise<string[]> {
    const documents = await this.gifts
      .find({ state: 'open', expiresAt: { $lte: now } }, { _id: 1 })
      .sort({ expiresAt: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }
}
