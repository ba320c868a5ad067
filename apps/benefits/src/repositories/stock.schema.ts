import { Schema } from 'mongoose';
import type { CostShare, RedeemWindow, Stock } from '../domain/stock';

export interface StockDocument extends Omit<Stock, 'stockId'> {
  _id: string;
}

const costShareSchema = new Schema<CostShare>({ funder: String, partyId: String, basisPoints: Number }, { _id: false });

const redeemWindowSchema = new Schema<RedeemWindow>(
  { weekdays: [Number], from: String, to: String, afterDays: Number, blockedDates: [String] },
  { _id: false },
);

export const stockSchema = new Schema<StockDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    kind: { type: String, required: true },
    faceValueMinor: { type: Number, required: true },
    currency: { type: String, required: true },
    thresholdMinor: { type: Number, required: true },
    totalLimit: { type: Number, required: true },
    dailyLimit: { type: Number, required: true },
    perCustomerLimit: { type: Number, required: true },
    naturalPersonLimit: { type: Number, default: 0 },
    budgetMinor: { type: Number, default: 0 },
    claimStartsAt: { type: Date, required: true },
    claimEndsAt: { type: Date, required: true },
    validForSeconds: { type: Number, required: true },
    isTransferable: { type: Boolean, required: true },
    merchantIds: { type: [String], required: true },
    storeIds: { type: [String], default: [] },
    outletPaths: { type: [String], default: [] },
    redeemWindow: { type: redeemWindowSchema, required: true },
    percentBasisPoints: { type: Number, default: 0 },
    poolId: { type: String, default: '' },
    bundleStockIds: { type: [String], default: [] },
    isBundleWhole: { type: Boolean, default: false },
    reminderLeadDays: { type: [Number], default: [] },
    shardCount: { type: Number, default: 0 },
    isShareable: { type: Boolean, default: false },
    shareTerms: { type: Schema.Types.Mixed },
    codeSeedSeconds: { type: Number, default: 0 },
    costShares: { type: [costShareSchema], required: true },
    orgPath: { type: String, required: true },
    timeZone: { type: String, required: true },
    state: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'stocks', versionKey: false },
);
stockSchema.index({ createdAt: -1, _id: -1 });
stockSchema.index({ poolId: 1 });
