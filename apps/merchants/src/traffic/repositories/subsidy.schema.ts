import { Schema } from 'mongoose';
import type { Subsidy, SubsidyTotals } from '../domain/subsidy';

export interface SubsidyDocument extends Omit<Subsidy, 'subsidyId'> {
  _id: string;
}

export interface SubsidyTotalsDocument extends SubsidyTotals {
  /** Plan and merchant. */
  _id: string;
}

/** A reversal that was heard of before its redemption was. */
export interface EarlyReversalDocument {
  /** The reversal. */
  _id: string;
  redemptionId: string;
  amountMinor: number;
  heardAt: Date;
}

const EARLY_KEPT_SECONDS = 7 * 86_400;

export const subsidySchema = new Schema<SubsidyDocument>(
  {
    _id: String,
    planId: { type: String, required: true },
    merchantId: { type: String, required: true },
    storeId: { type: String, default: '' },
    placeId: { type: String, default: '' },
    payer: { type: String, default: 'bank' },
    orgPath: { type: String, default: '' },
    cause: { type: String, required: true },
    reference: { type: String, required: true },
    amountMinor: { type: Number, required: true },
    ruleAmountMinor: { type: Number, required: true },
    currency: { type: String, required: true },
    businessDate: { type: String, required: true },
    earnedAt: { type: Date, required: true },
    redemptionAmountMinor: { type: Number, default: 0 },
    reversedAmountMinor: { type: Number, default: 0 },
  },
  { collection: 'subsidies', versionKey: false },
);
subsidySchema.index({ merchantId: 1, earnedAt: -1, _id: -1 });
subsidySchema.index({ merchantId: 1, businessDate: 1 });
subsidySchema.index({ planId: 1, storeId: 1 });
subsidySchema.index({ planId: 1, placeId: 1 });

export const subsidyTotalsSchema = new Schema<SubsidyTotalsDocument>(
  {
    _id: String,
    totalMinor: { type: Number, required: true },
    days: { type: [{ _id: false, day: String, minor: Number }], default: [] },
  },
  { collection: 'subsidy_totals', versionKey: false },
);

export const earlyReversalSchema = new Schema<EarlyReversalDocument>(
  {
    _id: String,
    redemptionId: { type: String, required: true },
    amountMinor: { type: Number, required: true },
    heardAt: { type: Date, required: true },
  },
  { collection: 'early_reversals', versionKey: false },
);
earlyReversalSchema.index({ redemptionId: 1 });
earlyReversalSchema.index({ heardAt: 1 }, { expireAfterSeconds: EARLY_KEPT_SECONDS });
