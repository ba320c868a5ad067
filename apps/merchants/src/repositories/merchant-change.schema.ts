import { Schema } from 'mongoose';
import type { MerchantChange } from '../domain/onboarding';

export interface MerchantChangeDocument extends MerchantChange {
  /** UUIDv7: in order of time. */
  _id: string;
}

export const merchantChangeSchema = new Schema<MerchantChangeDocument>(
  {
    _id: String,
    merchantId: { type: String, required: true },
    move: { type: String, required: true },
    fromState: { type: String, default: '' },
    toState: { type: String, required: true },
    actorId: { type: String, required: true },
    comment: { type: String, default: '' },
    changedAt: { type: Date, required: true },
  },
  { collection: 'merchant_changes', versionKey: false },
);
merchantChangeSchema.index({ merchantId: 1, _id: -1 });
