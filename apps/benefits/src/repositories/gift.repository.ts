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
giftSchema.index({ fromCustomerId: 1, state: 1, _id: -1 });

/** Gifts on their way, and what became of them. */
@Injectable()
export class GiftRepository {
  private readonly gifts: Model<GiftDocument>;

  constructor(mongo: Mongo) {
    this.gifts = mongo.model('Gift', giftSchema);
  }

  /** By id; what there is not has no entry. */
  async findMany(giftIds: string[], tx: Transaction): Promise<Map<string, Gift>> {
    const documents = await this.gifts.collection
      .find({ _id: { $in: giftIds as never[] } }, { session: tx.session })
      .toArray();
    const gifts = documents.map((document) => toGift(document as unknown as GiftDocument));
    return new Map(gifts.map((gift) => [gift.giftId, gift]));
  }

  async addMany(gifts: Gift[], tx: Transaction): Promise<void> {
    const documents = gifts.map(({ giftId, ...fields }) => ({ _id: giftId, ...fields }));
    if (documents.length > 0) await this.gifts.collection.insertMany(documents as never[], { session: tx.session });
  }

  /** Writes what became of them. Read in the same transaction: a concurrent change is a write conflict. */
  async saveMany(gifts: Gift[], tx: Transaction): Promise<void> {
    if (gifts.length === 0) return;
    await this.gifts.collection.bulkWrite(
      gifts.map(({ giftId, state, toCustomerId }) => ({
        updateOne: { filter: { _id: giftId as never }, update: { $set: { state, toCustomerId } } },
      })),
      { session: tx.session, ordered: false },
    );
  }

  /** Gifts of a customer that may still be accepted, newest first, after a gift. */
  async listOpen(customerId: string, now: Date, limit: number, after?: string): Promise<Gift[]> {
    const ofCustomer = { fromCustomerId: customerId, state: 'open' as const, expiresAt: { $gt: now } };
    const documents = await this.gifts
      .find({ ...ofCustomer, ...(after && { _id: { $lt: after } }) })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<GiftDocument[]>();
    return documents.map(toGift);
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

const toGift = ({ _id, ...fields }: GiftDocument): Gift => ({ giftId: _id, ...fields });
