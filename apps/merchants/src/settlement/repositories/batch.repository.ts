import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { withinScope } from '../../repositories/org-scope.filter';
import type { BatchState, SettlementBatch } from '../domain/batch';
import type { BusinessDay } from '../domain/business-day';
import {
  settlementBatchSchema,
  settlementRunSchema,
  type SettlementBatchDocument,
  type SettlementRunDocument,
} from './settlement.schema';

export interface BatchFilter {
  merchantId: string;
  businessDate: string;
  state: BatchState | '';
  payoutId: string;
  /** Organisation path; empty for all. */
  scope: string;
}

/** Settlement batches and the runs that prepare them. */
@Injectable()
export class BatchRepository {
  private readonly batches: Model<SettlementBatchDocument>;
  private readonly runs: Model<SettlementRunDocument>;

  constructor(mongo: Mongo) {
    this.batches = mongo.model('SettlementBatch', settlementBatchSchema);
    this.runs = mongo.model('SettlementRun', settlementRunSchema);
  }

  /** Makes the rest of the transaction the only one that adds to the day; another one is a write conflict and runs again. */
  async lockDay(businessDate: string, tx: Transaction): Promise<void> {
    await this.runs.updateOne({ _id: businessDate }, { $inc: { revision: 1 } }, { session: tx.session, upsert: true });
  }

  async completeDay({ date, to }: BusinessDay, completedAt: Date): Promise<void> {
    await this.runs.updateOne({ _id: date }, { $set: { completedAt }, $max: { completedTo: to } });
  }

  /** Those of the days that no run has completed up to where they end now: a date that is closed afterwards makes the one before longer. */
  async listIncomplete(days: BusinessDay[]): Promise<BusinessDay[]> {
    const runs = await this.runs.find({ _id: { $in: days.map(({ date }) => date) } }).lean<SettlementRunDocument[]>();
    const completed = new Map(runs.filter((run) => run.completedAt).map((run) => [run._id, run.completedTo]));
    return days.filter(({ date, to }) => {
      // Of those that were completed before it was kept, nobody knows up to where.
      const completedTo = completed.get(date) ?? to;
      return !completed.has(date) || completedTo < to;
    });
  }

  async findOfDay(businessDate: string, merchantIds: string[], tx: Transaction): Promise<SettlementBatch[]> {
    const documents = await this.batches
      .find({ businessDate, merchantId: { $in: merchantIds } }, null, { session: tx.session })
      .lean<SettlementBatchDocument[]>();
    return documents.map(toBatch);
  }

  async saveMany(batches: SettlementBatch[], tx: Transaction): Promise<void> {
    if (batches.length === 0) return;
    await this.batches.collection.bulkWrite(
      batches.map(({ batchId, ...fields }) => ({
        updateOne: { filter: { _id: batchId as never }, update: { $set: fields }, upsert: true },
      })),
      { session: tx.session, ordered: false },
    );
  }

  async removeMany(batchIds: string[], tx: Transaction): Promise<void> {
    if (batchIds.length > 0) await this.batches.deleteMany({ _id: { $in: batchIds } }, { session: tx.session });
  }

  async find(batchId: string, tx?: Transaction): Promise<SettlementBatch | null> {
    const document = await this.batches
      .findById(batchId, null, { session: tx?.session })
      .lean<SettlementBatchDocument>();
    return document && toBatch(document);
  }

  /** Those that exist, in the order of the ids. */
  async findMany(batchIds: string[], tx?: Transaction): Promise<SettlementBatch[]> {
    const documents = await this.batches
      .find({ _id: { $in: batchIds } }, null, { session: tx?.session })
      .lean<SettlementBatchDocument[]>();
    const byId = new Map(documents.map((document) => [document._id, toBatch(document)]));
    return batchIds.flatMap((batchId) => byId.get(batchId) ?? []);
  }

  /** A day's batches by id, at most `limit`. */
  async listDay(businessDate: string, limit: number, after = '', tx?: Transaction): Promise<SettlementBatch[]> {
    const documents = await this.batches
      .find({ businessDate, _id: { $gt: after } }, null, { session: tx?.session })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<SettlementBatchDocument[]>();
    return documents.map(toBatch);
  }

  /** Ids of a merchant's batches of a span of days, both inclusive, at most `limit`. */
  async listIdsOfMerchant(merchantId: string, from: string, to: string, limit: number): Promise<string[]> {
    const documents = await this.batches
      .find({ businessDate: { $gte: from, $lte: to }, merchantId }, { _id: 1 })
      .sort({ businessDate: 1, _id: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }

  /** Newest first. */
  async list(
    filter: BatchFilter,
    limit: number,
    after?: { createdAt: Date; batchId: string },
  ): Promise<SettlementBatch[]> {
    const { merchantId, businessDate, state, payoutId, scope } = filter;
    const older = after && {
      $or: [{ createdAt: { $lt: after.createdAt } }, { createdAt: after.createdAt, _id: { $lt: after.batchId } }],
    };
    const documents = await this.batches
      .find({
        ...(merchantId && { merchantId }),
        ...(businessDate && { businessDate }),
        ...(state && { state }),
        ...(payoutId && { payoutId }),
        $and: [withinScope('orgPath', scope), older ?? {}],
      })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<SettlementBatchDocument[]>();
    return documents.map(toBatch);
  }
}

const toBatch = ({ _id, ...fields }: SettlementBatchDocument): SettlementBatch => ({ batchId: _id, ...fields });
