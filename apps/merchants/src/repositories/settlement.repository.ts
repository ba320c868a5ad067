import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { SettlementBatch, StatementLine } from '../domain/settlement';
import { withinScope } from './org-scope.filter';
import {
  settlementBatchSchema,
  settlementRunSchema,
  statementLineSchema,
  type SettlementBatchDocument,
  type SettlementRunDocument,
  type StatementLineDocument,
} from './settlement.schema';

export interface BatchFilter {
  merchantId: string;
  businessDate: string;
  /** Organisation path; empty for all. */
  scope: string;
}

/** Settlement batches, their lines and the runs that build them. */
@Injectable()
export class SettlementRepository {
  private readonly batches: Model<SettlementBatchDocument>;
  private readonly lines: Model<StatementLineDocument>;
  private readonly runs: Model<SettlementRunDocument>;

  constructor(mongo: Mongo) {
    this.batches = mongo.model('SettlementBatch', settlementBatchSchema);
    this.lines = mongo.model('StatementLine', statementLineSchema);
    this.runs = mongo.model('SettlementRun', settlementRunSchema);
  }

  /** Makes the rest of the transaction the only one that adds to the day; another one is a write conflict and runs again. */
  async lockDay(businessDate: string, tx: Transaction): Promise<void> {
    await this.runs.updateOne({ _id: businessDate }, { $inc: { revision: 1 } }, { session: tx.session, upsert: true });
  }

  async completeDay(businessDate: string, completedAt: Date): Promise<void> {
    await this.runs.updateOne({ _id: businessDate }, { $set: { completedAt } });
  }

  /** Those of the dates that no run has completed. */
  async listIncomplete(businessDates: string[]): Promise<string[]> {
    const runs = await this.runs.find({ _id: { $in: businessDates } }).lean<SettlementRunDocument[]>();
    const completed = new Set(runs.filter((run) => run.completedAt).map((run) => run._id));
    return businessDates.filter((date) => !completed.has(date));
  }

  /** Which of the redemptions are in a batch already. */
  async findSettled(redemptionIds: string[], tx: Transaction): Promise<Set<string>> {
    const documents = await this.lines.collection
      .find({ _id: { $in: redemptionIds as never[] } }, { session: tx.session, projection: { _id: 1 } })
      .toArray();
    return new Set(documents.map(({ _id }) => String(_id)));
  }

  async findBatchesOf(businessDate: string, merchantIds: string[], tx: Transaction): Promise<SettlementBatch[]> {
    const documents = await this.batches
      .find({ businessDate, merchantId: { $in: merchantIds } }, null, { session: tx.session })
      .lean<SettlementBatchDocument[]>();
    return documents.map(toBatch);
  }

  async addLines(lines: StatementLine[], tx: Transaction): Promise<void> {
    const documents = lines.map(({ redemptionId, ...fields }) => ({ _id: redemptionId, ...fields }));
    await this.lines.collection.insertMany(documents as never[], { session: tx.session });
  }

  async saveBatches(batches: SettlementBatch[], tx: Transaction): Promise<void> {
    if (batches.length === 0) return;
    await this.batches.collection.bulkWrite(
      batches.map(({ batchId, ...fields }) => ({
        updateOne: { filter: { _id: batchId as never }, update: { $set: fields }, upsert: true },
      })),
      { session: tx.session, ordered: false },
    );
  }

  async findBatch(batchId: string, tx?: Transaction): Promise<SettlementBatch | null> {
    const document = await this.batches
      .findById(batchId, null, { session: tx?.session })
      .lean<SettlementBatchDocument>();
    return document && toBatch(document);
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

  /** Newest first. */
  async list(
    filter: BatchFilter,
    limit: number,
    after?: { createdAt: Date; batchId: string },
  ): Promise<SettlementBatch[]> {
    const { merchantId, businessDate, scope } = filter;
    const older = after && {
      $or: [{ createdAt: { $lt: after.createdAt } }, { createdAt: after.createdAt, _id: { $lt: after.batchId } }],
    };
    const documents = await this.batches
      .find({
        ...(merchantId && { merchantId }),
        ...(businessDate && { businessDate }),
        $and: [withinScope('orgPath', scope), older ?? {}],
      })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<SettlementBatchDocument[]>();
    return documents.map(toBatch);
  }

  /** A batch's lines by redemption id. */
  async listLines(batchId: string, limit: number, after = ''): Promise<StatementLine[]> {
    const documents = await this.lines
      .find({ batchId, _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<StatementLineDocument[]>();
    return documents.map(toLine);
  }

  /** All redemption ids of a batch, whose size is limited when it is built. */
  async listRedemptionIds(batchId: string): Promise<string[]> {
    const documents = await this.lines.find({ batchId }, { _id: 1 }).sort({ _id: 1 }).lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }
}

const toBatch = ({ _id, ...fields }: SettlementBatchDocument): SettlementBatch => ({ batchId: _id, ...fields });
const toLine = ({ _id, ...fields }: StatementLineDocument): StatementLine => ({ redemptionId: _id, ...fields });
