import { Schema } from 'mongoose';
import type { CountedRedemption } from '../domain/counted-redemption';
import type { FanTotal } from '../domain/fan-total';
import type { Circle, MonthCounts, RowRef } from '../domain/productivity';

export interface CircleDocument extends Omit<Circle, 'circleId'> {
  _id: string;
}

export interface ProductivityRowDocument extends RowRef, MonthCounts {
  /** Month, kind and key. */
  _id: string;
}

export interface FanTotalDocument extends FanTotal {
  /** Kind and key. */
  _id: string;
}

export interface CountedRedemptionDocument extends Omit<CountedRedemption, 'redemptionId'> {
  _id: string;
  countedAt: Date;
}

/** Whoever was counted in a row: once. */
export interface CountedDocument {
  /** The row, and the customer or merchant. */
  _id: string;
  countedAt: Date;
}

/** A month is over long before; late facts and reversals of it still find who and what was counted. */
const COUNTED_KEPT_SECONDS = 100 * 86_400;

export const circleSchema = new Schema<CircleDocument>(
  { _id: String, name: { type: String, required: true }, orgPath: { type: String, required: true } },
  { collection: 'circles', versionKey: false },
);
circleSchema.index({ orgPath: 1, _id: 1 });

export const productivityRowSchema = new Schema<ProductivityRowDocument>(
  {
    _id: String,
    month: { type: String, required: true },
    kind: { type: String, required: true },
    key: { type: String, required: true },
    orgPath: { type: String, required: true },
    customerCount: { type: Number, default: 0 },
    activeMerchantCount: { type: Number, default: 0 },
    transactionCount: { type: Number, default: 0 },
    redemptionCount: { type: Number, default: 0 },
  },
  { collection: 'productivity_rows', versionKey: false },
);

export const fanTotalSchema = new Schema<FanTotalDocument>(
  {
    _id: String,
    kind: { type: String, required: true },
    key: { type: String, required: true },
    orgPath: { type: String, required: true },
    changes: { type: Object, default: {} },
  },
  { collection: 'productivity_fans', versionKey: false },
);

export const countedRedemptionSchema = new Schema<CountedRedemptionDocument>(
  {
    _id: String,
    fact: { type: Object, default: null },
    isReversed: { type: Boolean, required: true },
    countedAt: { type: Date, required: true },
  },
  { collection: 'productivity_redemptions', versionKey: false },
);
countedRedemptionSchema.index({ countedAt: 1 }, { expireAfterSeconds: COUNTED_KEPT_SECONDS });

export const countedSchema = new Schema<CountedDocument>(
  { _id: String, countedAt: { type: Date, required: true } },
  { collection: 'productivity_counted', versionKey: false },
);
countedSchema.index({ countedAt: 1 }, { expireAfterSeconds: COUNTED_KEPT_SECONDS });
