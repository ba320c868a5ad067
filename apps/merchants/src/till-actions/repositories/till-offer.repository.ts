import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';

/** A decision that a till was told of. */
export interface TillOffer {
  decisionId: string;
  merchantId: string;
  customerId: string;
  offeredAt: Date;
}

interface TillOfferDocument extends Omit<TillOffer, 'decisionId'> {
  _id: string;
}

/** A day longer than outcomes are told. */
const KEPT_SECONDS = 2 * 24 * 3600;

const offerSchema = new Schema<TillOfferDocument>(
  {
    _id: String,
    merchantId: { type: String, required: true },
    customerId: { type: String, required: true },
    offeredAt: { type: Date, required: true },
  },
  { collection: 'till_offers', versionKey: false },
);
offerSchema.index({ offeredAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

/** What tills were told to offer, by decision: what came of it is theirs to tell. */
@Injectable()
export class TillOfferRepository {
  private readonly offers: Model<TillOfferDocument>;

  constructor(mongo: Mongo) {
    this.offers = mongo.model('TillOffer', offerSchema);
  }

  async addMany(offers: readonly TillOffer[], { session }: Transaction): Promise<void> {
    const documents = offers.map(({ decisionId, ...fields }) => ({ _id: decisionId, ...fields }));
    if (documents.length > 0) await this.offers.insertMany(documents, { session });
  }

  async find(decisionId: string): Promise<TillOffer | null> {
    const document = await this.offers.findById(decisionId).lean<TillOfferDocument>();
    if (!document) return null;
    const { _id, ...fields } = document;
    return { decisionId: _id, ...fields };
  }
}
