import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import { withinScope } from '../../repositories/org-scope.filter';
import type { Adjustment } from '../domain/adjustment';

interface AdjustmentDocument extends Omit<Adjustment, 'adjustmentId'> {
  _id: string;
}

const adjustmentSchema = new Schema<AdjustmentDocument>(
  {
    _id: String,
    kind: { type: String, required: true },
    merchantId: { type: String, required: true },
    orgPath: { type: String, required: true },
    amountMinor: { type: Number, required: true },
    currency: { type: String, required: true },
    funder: { type: String, default: '' },
    partyId: { type: String, default: '' },
    comment: { type: String, default: '' },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    state: { type: String, required: true },
    transactionId: { type: String, default: '' },
  },
  { collection: 'adjustments', versionKey: false },
);
adjustmentSchema.index({ state: 1, _id: 1 });
adjustmentSchema.index({ createdAt: -1, _id: -1 });
adjustmentSchema.index({ merchantId: 1, createdAt: -1, _id: -1 });

/** Corrections of what merchants are owed. */
@Injectable()
export class AdjustmentRepository {
  private readonly adjustments: Model<AdjustmentDocument>;

  constructor(mongo: Mongo) {
    this.adjustments = mongo.model('Adjustment', adjustmentSchema);
  }

  async save({ adjustmentId, ...fields }: Adjustment, tx: Transaction): Promise<void> {
    const options = { session: tx.session, upsert: true };
    await this.adjustments.updateOne({ _id: adjustmentId }, { $set: fields }, options);
  }

  /** Those that are not there yet. */
  async addMissing(adjustments: Adjustment[], tx: Transaction): Promise<void> {
    if (adjustments.length === 0) return;
    await this.adjustments.bulkWrite(
      adjustments.map(({ adjustmentId, ...fields }) => ({
        updateOne: { filter: { _id: adjustmentId }, update: { $setOnInsert: fields }, upsert: true },
      })),
      { session: tx.session },
    );
  }

  async find(adjustmentId: string, tx?: Transaction): Promise<Adjustment | null> {
    const document = await this.adjustments
      .findById(adjustmentId, null, { session: tx?.session })
      .lean<AdjustmentDocument>();
    return document && toAdjustment(document);
  }

  /** Those that the ledger does not have yet, by id. */
  async listUnposted(limit: number, after: string): Promise<Adjustment[]> {
    const documents = await this.adjustments
      .find({ state: 'created', _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<AdjustmentDocument[]>();
    return documents.map(toAdjustment);
  }

  /** Newest first. */
  async list(
    { merchantId, scope }: { merchantId: string; scope: string },
    limit: number,
    after?: { createdAt: Date; id: string },
  ): Promise<Adjustment[]> {
    const older = after && {
      $or: [{ createdAt: { $lt: after.createdAt } }, { createdAt: after.createdAt, _id: { $lt: after.id } }],
    };
    const documents = await this.adjustments
      .find({ ...(merchantId && { merchantId }), $and: [withinScope('orgPath', scope), older ?? {}] })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<AdjustmentDocument[]>();
    return documents.map(toAdjustment);
  }
}

const toAdjustment = ({ _id, ...fields }: AdjustmentDocument): Adjustment => ({ adjustmentId: _id, ...fields });
