import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { NOTHING_EARNED, type Subsidy, type SubsidyTotals } from '../domain/subsidy';
import type { SubsidyPayer } from '../domain/traffic-plan';
import {
  earlyReversalSchema,
  subsidySchema,
  subsidyTotalsSchema,
  type EarlyReversalDocument,
  type SubsidyDocument,
  type SubsidyTotalsDocument,
} from './subsidy.schema';

/** A reversal, as far as subsidies care. */
export interface ReversalFact {
  reversalId: string;
  redemptionId: string;
  amountMinor: number;
}

/** What a merchant earned, or paid, by one plan. */
export interface SubsidySum extends Sums {
  planId: string;
  currency: string;
  payer: SubsidyPayer;
}

interface Sums {
  visitCount: number;
  redemptionCount: number;
  amountMinor: number;
}

/** What merchants earned, and their totals under each plan. */
@Injectable()
export class SubsidyRepository {
  private readonly subsidies: Model<SubsidyDocument>;
  private readonly totals: Model<SubsidyTotalsDocument>;
  private readonly early: Model<EarlyReversalDocument>;

  constructor(mongo: Mongo) {
    this.subsidies = mongo.model('Subsidy', subsidySchema);
    this.totals = mongo.model('SubsidyTotals', subsidyTotalsSchema);
    this.early = mongo.model('EarlyReversal', earlyReversalSchema);
  }

  async findMany(subsidyIds: string[], tx: Transaction): Promise<Map<string, Subsidy>> {
    const documents = await this.subsidies
      .find({ _id: { $in: subsidyIds } }, null, { session: tx.session })
      .lean<SubsidyDocument[]>();
    return new Map(documents.map((document) => [document._id, toSubsidy(document)]));
  }

  async saveMany(subsidies: readonly Subsidy[], tx: Transaction): Promise<void> {
    if (subsidies.length === 0) return;
    const writes = subsidies.map(({ subsidyId, ...fields }) => ({
      updateOne: { filter: { _id: subsidyId }, update: { $set: fields }, upsert: true },
    }));
    await this.subsidies.bulkWrite(writes, { session: tx.session });
  }

  async findTotals(planId: string, merchantId: string, tx: Transaction): Promise<SubsidyTotals> {
    const document = await this.totals
      .findById(totalsId(planId, merchantId), null, { session: tx.session })
      .lean<SubsidyTotalsDocument>();
    return document ? { totalMinor: document.totalMinor, days: document.days ?? [] } : NOTHING_EARNED;
  }

  async saveTotals(planId: string, merchantId: string, totals: SubsidyTotals, tx: Transaction): Promise<void> {
    const options = { session: tx.session, upsert: true };
    await this.totals.updateOne({ _id: totalsId(planId, merchantId) }, { $set: totals }, options);
  }

  async addEarly(reversals: readonly ReversalFact[], heardAt: Date, tx: Transaction): Promise<void> {
    if (reversals.length === 0) return;
    const documents = reversals.map(({ reversalId, ...rest }) => ({ _id: reversalId, ...rest, heardAt }));
    await this.early.insertMany(documents, { session: tx.session });
  }

  async takeEarly(redemptionIds: string[], tx: Transaction): Promise<ReversalFact[]> {
    const filter = { redemptionId: { $in: redemptionIds } };
    const documents = await this.early.find(filter, null, { session: tx.session }).lean<EarlyReversalDocument[]>();
    if (documents.length > 0) {
      await this.early.deleteMany({ _id: { $in: documents.map(({ _id }) => _id) } }, { session: tx.session });
    }
    return documents.map(({ _id, redemptionId, amountMinor }) => ({ reversalId: _id, redemptionId, amountMinor }));
  }

  /** A merchant's, newest first. */
  async list(merchantId: string, limit: number, after?: { earnedAt: Date; subsidyId: string }): Promise<Subsidy[]> {
    const { earnedAt, subsidyId } = after ?? {};
    const rest = earnedAt && { $or: [{ earnedAt: { $lt: earnedAt } }, { earnedAt, _id: { $lt: subsidyId } }] };
    const documents = await this.subsidies
      .find({ merchantId, ...rest })
      .sort({ earnedAt: -1, _id: -1 })
      .limit(limit)
      .lean<SubsidyDocument[]>();
    return documents.map(toSubsidy);
  }

  /** A merchant's sums by plan, of a span of business dates. */
  async sumByPlan(merchantId: string, fromDate: string, toDate: string): Promise<SubsidySum[]> {
    const payer = { $ifNull: ['$payer', 'bank'] };
    const rows = await this.subsidies.aggregate<Sums & { _id: Pick<SubsidySum, 'planId' | 'currency' | 'payer'> }>([
      { $match: { merchantId, businessDate: { $gte: fromDate, $lte: toDate } } },
      { $group: { _id: { planId: '$planId', currency: '$currency', payer }, ...SUMS } },
      { $sort: { '_id.planId': 1 } },
    ]);
    return rows.map(({ _id, ...sums }) => ({ ..._id, ...sums }));
  }

  /** Sums under a plan of some stores, or of some places that customers came to, by each. */
  async sumBy(by: 'storeId' | 'placeId', planId: string, ids: string[]): Promise<Map<string, Sums>> {
    const rows = await this.subsidies.aggregate<Sums & { _id: string }>([
      { $match: { planId, [by]: { $in: ids } } },
      { $group: { _id: `$${by}`, ...SUMS } },
    ]);
    return new Map(rows.map(({ _id, ...sums }) => [_id, sums]));
  }
}

const SUMS = {
  visitCount: { $sum: { $cond: [{ $eq: ['$cause', 'visit'] }, 1, 0] } },
  redemptionCount: { $sum: { $cond: [{ $eq: ['$cause', 'redemption'] }, 1, 0] } },
  amountMinor: { $sum: '$amountMinor' },
};

const totalsId = (planId: string, merchantId: string): string => `${planId}|${merchantId}`;

/** One of before payers and places were kept was paid by the bank. */
const toSubsidy = ({ _id, payer = 'bank', placeId = '', ...fields }: SubsidyDocument): Subsidy => ({
  subsidyId: _id,
  ...fields,
  payer,
  placeId,
});
