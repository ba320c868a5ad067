import { Schema } from 'mongoose';
import type { Payee, SettlementBatch } from '../domain/batch';
import type { SettlementFinding } from '../domain/finding';
import type { Payout } from '../domain/release';
import type { StatementLine } from '../domain/settlement-item';
import type { ShareAmount } from '../domain/share-amount';

export interface SettlementBatchDocument extends Omit<SettlementBatch, 'batchId'> {
  _id: string;
}

export interface StatementLineDocument extends Omit<StatementLine, 'itemId'> {
  /** The item: unique, so that none is ever in two batches. */
  _id: string;
}

export interface SettlementFindingDocument extends Omit<SettlementFinding, 'redemptionId'> {
  _id: string;
}

export interface SettlementRunDocument {
  /** The business date. */
  _id: string;
  /** Written by every step that adds to the day: two runs of one day conflict instead of mixing. */
  revision: number;
  completedAt: Date | null;
  /** Up to when it is complete: the end that the day had then. */
  completedTo?: Date;
}

export interface PayoutDocument extends Omit<Payout, 'payoutId'> {
  _id: string;
  /** Whether the ledger has answered for every batch of it. */
  isPosted: boolean;
}

const shareSchema = new Schema<ShareAmount>({ funder: String, partyId: String, amountMinor: Number }, { _id: false });
const payeeSchema = new Schema<Payee>({ name: String, account: String }, { _id: false });

export const settlementBatchSchema = new Schema<SettlementBatchDocument>(
  {
    _id: String,
    merchantId: { type: String, required: true },
    orgPath: { type: String, default: '' },
    businessDate: { type: String, required: true },
    currency: { type: String, required: true },
    sequence: { type: Number, required: true },
    redemptionCount: { type: Number, required: true },
    correctionCount: { type: Number, required: true },
    amountMinor: { type: Number, required: true },
    shares: { type: [shareSchema], required: true },
    state: { type: String, required: true },
    makerIds: { type: [String], required: true },
    createdAt: { type: Date, required: true },
    releasedBy: { type: String, default: '' },
    releasedAt: { type: Date, default: null },
    payoutId: { type: String, default: '' },
    payee: { type: payeeSchema, default: null },
    transactionId: { type: String, default: '' },
    rejectReason: { type: String, default: '' },
    closedAt: { type: Date, default: null },
  },
  { collection: 'settlement_batches', versionKey: false },
);
settlementBatchSchema.index({ createdAt: -1, _id: -1 });
settlementBatchSchema.index({ businessDate: 1, merchantId: 1 });
settlementBatchSchema.index({ merchantId: 1, createdAt: -1, _id: -1 });
settlementBatchSchema.index({ state: 1, createdAt: -1, _id: -1 });
settlementBatchSchema.index({ payoutId: 1, createdAt: -1, _id: -1 });

export const statementLineSchema = new Schema<StatementLineDocument>(
  {
    _id: String,
    batchId: { type: String, default: '' },
    kind: { type: String, required: true },
    redemptionId: { type: String, default: '' },
    merchantId: { type: String, required: true },
    storeId: { type: String, default: '' },
    clerkId: { type: String, default: '' },
    amountMinor: { type: Number, required: true },
    currency: { type: String, required: true },
    shares: { type: [shareSchema], required: true },
    occurredAt: { type: Date, required: true },
    makerId: { type: String, default: '' },
    note: { type: String, default: '' },
  },
  { collection: 'statement_lines', versionKey: false },
);
statementLineSchema.index({ batchId: 1, _id: 1 });

export const settlementFindingSchema = new Schema<SettlementFindingDocument>(
  {
    _id: String,
    merchantId: { type: String, required: true },
    orgPath: { type: String, default: '' },
    businessDate: { type: String, required: true },
    amountMinor: { type: Number, required: true },
    currency: { type: String, required: true },
    shares: { type: [shareSchema], required: true },
    redeemedAt: { type: Date, required: true },
    foundAt: { type: Date, required: true },
    state: { type: String, required: true },
    settledAt: { type: Date, default: null },
  },
  { collection: 'settlement_findings', versionKey: false },
);
settlementFindingSchema.index({ state: 1, _id: 1 });
settlementFindingSchema.index({ state: 1, businessDate: 1, merchantId: 1 });
settlementFindingSchema.index({ foundAt: -1, _id: -1 });
settlementFindingSchema.index({ merchantId: 1, foundAt: -1, _id: -1 });

export const settlementRunSchema = new Schema<SettlementRunDocument>(
  {
    _id: String,
    revision: { type: Number, required: true },
    completedAt: { type: Date, default: null },
    completedTo: Date,
  },
  { collection: 'settlement_runs', versionKey: false },
);

export const payoutSchema = new Schema<PayoutDocument>(
  {
    _id: String,
    batchIds: { type: [String], required: true },
    amountMinor: { type: Number, required: true },
    releasedBy: { type: String, required: true },
    releasedAt: { type: Date, required: true },
    executionDate: { type: String, required: true },
    isPosted: { type: Boolean, required: true },
  },
  { collection: 'payouts', versionKey: false },
);
payoutSchema.index({ isPosted: 1, _id: 1 });
