import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import type { Redemption, Reversal } from '../domain/redemption';
import { shareAmountSchema } from './instance.schema';

interface RedemptionDocument extends Omit<Redemption, 'redemptionId'> {
  _id: string;
}

const redemptionSchema = new Schema<RedemptionDocument>(
  {
    _id: String,
    saleId: { type: String, required: true },
    instanceId: { type: String, required: true },
    stockId: { type: String, required: true },
    customerId: { type: String, required: true },
    merchantId: { type: String, required: true },
    storeId: { type: String, required: true },
    clerkId: { type: String, required: true },
    amountMinor: { type: Number, required: true },
    heldMinor: { type: Number, required: true },
    currency: { type: String, required: true },
    promised: { type: [shareAmountSchema], required: true },
    shares: { type: [shareAmountSchema], required: true },
    redeemedAt: { type: Date, required: true },
  },
  { collection: 'redemptions', versionKey: false },
);
redemptionSchema.index({ redeemedAt: 1, _id: 1 });
redemptionSchema.index({ merchantId: 1, redeemedAt: 1, _id: 1 });

interface ReversalDocument extends Omit<Reversal, 'redemptionId'> {
  /** The redemption's id: it is taken back once. */
  _id: string;
}

const reversalSchema = new Schema<ReversalDocument>(
  {
    _id: String,
    reversalId: { type: String, required: true },
    merchantId: { type: String, required: true },
    amountMinor: { type: Number, required: true },
    currency: { type: String, required: true },
    shares: { type: [shareAmountSchema], required: true },
    saleId: String,
    storeId: String,
    clerkId: String,
    reason: String,
    reversedAt: { type: Date, required: true },
  },
  { collection: 'reversals', versionKey: false },
);

const IDS_PER_QUERY = 1_000;

/** Completed redemptions and what was taken back of them: only ever inserted. */
@Injectable()
export class RedemptionRepository {
  private readonly redemptions: Model<RedemptionDocument>;
  private readonly reversals: Model<ReversalDocument>;

  constructor(mongo: Mongo) {
    this.redemptions = mongo.model('Redemption', redemptionSchema);
    this.reversals = mongo.model('Reversal', reversalSchema);
  }

  async addMany(redemptions: Redemption[], tx: Transaction): Promise<void> {
    const documents = redemptions.map(({ redemptionId, ...fields }) => ({ _id: redemptionId, ...fields }));
    if (documents.length > 0) {
      await this.redemptions.collection.insertMany(documents as never[], { session: tx.session });
    }
  }

  async addReversals(reversals: Reversal[], tx: Transaction): Promise<void> {
    const documents = reversals.map(({ redemptionId, ...fields }) => ({ _id: redemptionId, ...fields }));
    if (documents.length > 0) {
      await this.reversals.collection.insertMany(documents as never[], { session: tx.session });
    }
  }

  async findMany(redemptionIds: string[], tx: Transaction): Promise<Map<string, Redemption>> {
    const documents = await this.redemptions.collection
      .find({ _id: { $in: redemptionIds as never[] } }, { session: tx.session })
      .toArray();
    return new Map(
      documents.map(({ _id, ...fields }) => [String(_id), { redemptionId: String(_id), ...fields } as Redemption]),
    );
  }

  /** Those of the redemptions that were taken back. */
  async findReversed(redemptionIds: string[], tx: Transaction): Promise<Set<string>> {
    const documents = await this.reversals.collection
      .find({ _id: { $in: redemptionIds as never[] } }, { session: tx.session, projection: { _id: 1 } })
      .toArray();
    return new Set(documents.map(({ _id }) => String(_id)));
  }

  async findReversal(redemptionId: string, tx: Transaction): Promise<Reversal | undefined> {
    const document = await this.reversals
      .findById(redemptionId, null, { session: tx.session })
      .lean<ReversalDocument>();
    return document ? toReversal(document) : undefined;
  }

  /** What was taken back of these redemptions. */
  async findReversals(redemptionIds: string[]): Promise<Reversal[]> {
    const found: Reversal[] = [];
    for (let start = 0; start < redemptionIds.length; start += IDS_PER_QUERY) {
      const documents = await this.reversals
        .find({ _id: { $in: redemptionIds.slice(start, start + IDS_PER_QUERY) } })
        .lean<ReversalDocument[]>();
      found.push(...documents.map(toReversal));
    }
    return found;
  }

  /** In the order they were redeemed; `to` is exclusive, `after` the last row. */
  async list(
    filter: { merchantId?: string; from?: Date; to?: Date },
    limit: number,
    after?: { redeemedAt: Date; redemptionId: string },
  ): Promise<Redemption[]> {
    const time = { ...(filter.from && { $gte: filter.from }), ...(filter.to && { $lt: filter.to }) };
    const later = after && {
      $or: [
        { redeemedAt: { $gt: after.redeemedAt } },
        { redeemedAt: after.redeemedAt, _id: { $gt: after.redemptionId } },
      ],
    };
    const documents = await this.redemptions
      .find({
        ...(filter.merchantId && { merchantId: filter.merchantId }),
        ...(Object.keys(time).length > 0 && { redeemedAt: time }),
        ...later,
      })
      .sort({ redeemedAt: 1, _id: 1 })
      .limit(limit)
      .lean<RedemptionDocument[]>();
    return documents.map(({ _id, ...fields }) => ({ redemptionId: _id, ...fields }));
  }

  /** Count and sum of those of the ids that are this merchant's in this currency. */
  async sum(
    redemptionIds: string[],
    merchantId: string,
    currency: string,
  ): Promise<{ count: number; amountMinor: number }> {
    const total = { count: 0, amountMinor: 0 };
    for (let start = 0; start < redemptionIds.length; start += IDS_PER_QUERY) {
      const documents = await this.redemptions
        .find(
          { _id: { $in: redemptionIds.slice(start, start + IDS_PER_QUERY) } },
          { merchantId: 1, currency: 1, amountMinor: 1 },
        )
        .lean<RedemptionDocument[]>();
      for (const document of documents) {
        if (document.merchantId !== merchantId || document.currency !== currency) continue;
        total.count += 1;
        total.amountMinor += document.amountMinor;
      }
    }
    return total;
  }
}

/** Those of before sale, place and reason were kept have none. */
const toReversal = (document: ReversalDocument): Reversal => {
  const { _id, saleId = '', storeId = '', clerkId = '', reason = '', ...fields } = document;
  return { ...fields, ...{ redemptionId: _id, saleId, storeId, clerkId, reason } };
};
