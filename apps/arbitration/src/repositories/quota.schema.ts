import { Schema } from 'mongoose';
import type { Quota, QuotaCount } from '../domain/quota';

export interface QuotaTermsDocument extends Omit<Quota, 'quotaId'> {
  /** Quota id. */
  _id: string;
}

const countSchema = new Schema<QuotaCount>(
  { reservedAmount: Number, usedAmount: Number, periodKey: String },
  { _id: false, versionKey: false },
);

/** Terms and count in one document: what concurrent decisions compete for is read and written by key, once. */
export const sharedQuotaSchema = new Schema<QuotaTermsDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    kind: { type: String, required: true },
    limitAmount: { type: Number, required: true },
    currency: { type: String, default: '' },
    period: { type: String, required: true },
    orgPath: { type: String, required: true },
    version: { type: Number, required: true },
    reservedAmount: { type: Number, required: true },
    usedAmount: { type: Number, required: true },
    periodKey: { type: String, default: '' },
    ahead: { type: [countSchema], default: undefined },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'shared_quotas', versionKey: false },
);
sharedQuotaSchema.index({ orgPath: 1, _id: 1 });
