import { Schema } from 'mongoose';
import type { SettlementBatch, ShareAmount, StatementLine } from '../domain/settlement';

export interface SettlementBatchDocument extends Omit<SettlementBatch, 'batchId'> {
  _id: string;
}

export interface StatementLineDocument extends Omit<StatementLine, 'redemptionId'> {
  /** The redemption: unique, so that none is ever in two batches. */
  _id: string;
}

export interface SettlementRunDocument {
  /** The business date. */
  _id: string;
  /** Written by every step that adds to the day: two runs of one day conflict instead of mixing. */
  revision: number;
  completedAt: Date | null;
}

const shareSchema = new Schema<ShareAmount>({ funder: String, partyId: String, amountMinor: Number }, { _id: false });

export const settlementBatchSchema = new Schema<SettlementBatchDocument>(
  {
    _id: String,
    merchantId: { type: String, required: true },
    orgPath: { type: String, default: '' },
    businessDate: { type: String, required: true },
    currency: { type: String, required: true },
    sequence: { type: Number, required: true },
    redemptionCount: { type: Number, required: true },
    amountMinor: { type: Number, required: true },
    shares: { type: [shareSchema], required: true },
    stage: { type: String, required: true },
    createdAt: { type: Date, required: true },
    transactionId: { type: String, default: '' },
  },
  { collection: 'settlement_batches', versionKey: false },
);
settlementBatchSchema.index({ createdAt: -1, _id: -1 });
settlementBatchSchema.index({ businessDate: 1, merchantId: 1 });
settlementBatchSchema.index({ merchantId: 1, createdAt: -1, _id: -1 });

export const statementLineSchema = new Schema<StatementLineDocument>(
  {
    _id: String,
    batchId: { type: String, required: true },
    merchantId: { type: String, required: true },
    storeId: { type: String, default: '' },
    clerkId: { type: String, default: '' },
    amountMinor: { type: Number, required: true },
    currency: { type: String, required: true },
    shares: { type: [shareSchema], required: true },
    redeemedAt: { type: Date, required: true },
  },
  { collection: 'statement_lines', versionKey: false },
);
statementLineSchema.index({ batchId: 1, _id: 1 });

export const settlementRunSchema = new Schema<SettlementRunDocument>(
  { _id: String, revision: { type: Number, required: true }, completedAt: { type: Date, default: null } },
  { collection: 'settlement_runs', versionKey: false },
);
