import { Schema } from 'mongoose';
import type { Circle, ProductivityRow } from '../domain/productivity';

export interface CircleDocument extends Omit<Circle, 'circleId'> {
  _id: string;
}

export interface ProductivityRowDocument extends ProductivityRow {
  /** Month, kind and key. */
  _id: string;
}

/** Whoever was counted in a row: once. */
export interface CountedDocument {
  /** The row, and the customer or merchant. */
  _id: string;
  countedAt: Date;
}

/** A month is over long before; late facts of it still find who was counted. */
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
    fanCount: { type: Number, default: 0 },
    redemptionCount: { type: Number, default: 0 },
  },
  { collection: 'productivity_rows', versionKey: false },
);
productivityRowSchema.index({ month: 1, kind: 1, orgPath: 1 });

export const countedSchema = new Schema<CountedDocument>(
  { _id: String, countedAt: { type: Date, required: true } },
  { collection: 'productivity_counted', versionKey: false },
);
countedSchema.index({ countedAt: 1 }, { expireAfterSeconds: COUNTED_KEPT_SECONDS });
