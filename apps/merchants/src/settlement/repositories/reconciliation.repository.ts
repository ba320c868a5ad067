import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import { withinScope } from '../../repositories/org-scope.filter';
import type { Difference, Reconciliation } from '../domain/reconciliation';

interface ReconciliationDocument extends Omit<Reconciliation, 'reconciliationId'> {
  _id: string;
}
interface DifferenceDocument extends Omit<Difference, 'differenceId'> {
  _id: string;
}

const reconciliationSchema = new Schema<ReconciliationDocument>(
  {
    _id: String,
    merchantId: { type: String, required: true },
    orgPath: { type: String, required: true },
    businessDateFrom: { type: String, required: true },
    businessDateTo: { type: String, required: true },
    fileName: { type: String, default: '' },
    state: { type: String, required: true },
    fileLineCount: { type: Number, required: true },
    matchedCount: { type: Number, required: true },
    differenceCountByKind: { type: Schema.Types.Mixed, required: true },
    openDifferenceCount: { type: Number, required: true },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'reconciliations', versionKey: false, minimize: false },
);
reconciliationSchema.index({ merchantId: 1, _id: -1 });

const differenceSchema = new Schema<DifferenceDocument>(
  {
    _id: String,
    reconciliationId: { type: String, required: true },
    merchantId: { type: String, required: true },
    orgPath: { type: String, required: true },
    kind: { type: String, required: true },
    lineId: { type: String, required: true },
    fileLines: { type: [Number], required: true },
    merchantAmountMinor: { type: Number, default: null },
    bankAmountMinor: { type: Number, default: null },
    currency: { type: String, default: '' },
    batchId: { type: String, default: '' },
    state: { type: String, required: true },
    resolution: { type: String, default: '' },
    comment: { type: String, default: '' },
    adjustmentId: { type: String, default: '' },
    resolvedBy: { type: String, default: '' },
    resolvedAt: { type: Date, default: null },
  },
  { collection: 'differences', versionKey: false },
);
differenceSchema.index({ state: 1, _id: -1 });
differenceSchema.index({ merchantId: 1, state: 1, _id: -1 });
differenceSchema.index({ reconciliationId: 1, state: 1, _id: -1 });

export interface DifferenceFilter {
  merchantId: string;
  reconciliationId: string;
  /** Empty for both. */
  state: Difference['state'] | '';
  scope: string;
}

/** Reconciliations and the differences they found. Ids grow with time. */
@Injectable()
export class ReconciliationRepository {
  private readonly reconciliations: Model<ReconciliationDocument>;
  private readonly differences: Model<DifferenceDocument>;

  constructor(mongo: Mongo) {
    this.reconciliations = mongo.model('Reconciliation', reconciliationSchema);
    this.differences = mongo.model('Difference', differenceSchema);
  }

  async save({ reconciliationId, ...fields }: Reconciliation, tx: Transaction): Promise<void> {
    const options = { session: tx.session, upsert: true };
    await this.reconciliations.updateOne({ _id: reconciliationId }, { $set: fields }, options);
  }

  async find(reconciliationId: string, tx?: Transaction): Promise<Reconciliation | null> {
    const document = await this.reconciliations
      .findById(reconciliationId, null, { session: tx?.session })
      .lean<ReconciliationDocument>();
    return document && toReconciliation(document);
  }

  /** Newest first. */
  async list(filter: { merchantId: string; scope: string }, limit: number, before?: string): Promise<Reconciliation[]> {
    const documents = await this.reconciliations
      .find({
        ...(filter.merchantId && { merchantId: filter.merchantId }),
        ...(before && { _id: { $lt: before } }),
        ...withinScope('orgPath', filter.scope),
      })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<ReconciliationDocument[]>();
    return documents.map(toReconciliation);
  }

  async addDifferences(differences: Difference[], tx: Transaction): Promise<void> {
    const documents = differences.map(({ differenceId, ...fields }) => ({ _id: differenceId, ...fields }));
    if (documents.length > 0)
      await this.differences.collection.insertMany(documents as never[], { session: tx.session });
  }

  async findDifference(differenceId: string, tx?: Transaction): Promise<Difference | null> {
    const document = await this.differences
      .findById(differenceId, null, { session: tx?.session })
      .lean<DifferenceDocument>();
    return document && toDifference(document);
  }

  async saveDifference({ differenceId, ...fields }: Difference, tx: Transaction): Promise<void> {
    await this.differences.updateOne({ _id: differenceId }, { $set: fields }, { session: tx.session });
  }

  /** Closes what is open of a reconciliation that is withdrawn. */
  async withdrawDifferences(
    reconciliationId: string,
    closing: Pick<Difference, 'comment' | 'resolvedBy' | 'resolvedAt'>,
    tx: Transaction,
  ): Promise<void> {
    await this.differences.updateMany(
      { reconciliationId, state: 'open' },
      { $set: { ...closing, state: 'resolved', resolution: 'withdrawn' } },
      { session: tx.session },
    );
  }

  /** Newest first. */
  async listDifferences(filter: DifferenceFilter, limit: number, before?: string): Promise<Difference[]> {
    const { merchantId, reconciliationId, state, scope } = filter;
    const documents = await this.differences
      .find({
        ...(reconciliationId && { reconciliationId }),
        ...(merchantId && { merchantId }),
        ...(state && { state }),
        ...(before && { _id: { $lt: before } }),
        ...withinScope('orgPath', scope),
      })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<DifferenceDocument[]>();
    return documents.map(toDifference);
  }
}

const toReconciliation = ({ _id, ...fields }: ReconciliationDocument): Reconciliation => ({
  reconciliationId: _id,
  ...fields,
});
const toDifference = ({ _id, ...fields }: DifferenceDocument): Difference => ({ differenceId: _id, ...fields });
