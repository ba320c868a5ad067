import { Schema } from 'mongoose';
import type { MerchantKey } from '../domain/merchant-key';

export interface MerchantKeyDocument extends Omit<MerchantKey, 'keyId'> {
  _id: string;
}

export interface SignatureMarkDocument {
  /** Key id and nonce. */
  _id: string;
  expiresAt: Date;
}

/** Kept a little past the end, so that no clock difference between machines reopens a nonce. */
const CLOCK_DIFFERENCE_SECONDS = 300;

export const merchantKeySchema = new Schema<MerchantKeyDocument>(
  {
    _id: String,
    merchantId: { type: String, required: true },
    publicKeyPem: { type: String, required: true },
    isRevoked: { type: Boolean, required: true },
    expiresAt: { type: Date, default: null },
  },
  { collection: 'merchant_keys', versionKey: false },
);
merchantKeySchema.index({ merchantId: 1, _id: 1 });

export const signatureMarkSchema = new Schema<SignatureMarkDocument>(
  { _id: String, expiresAt: { type: Date, required: true } },
  { collection: 'signature_marks', versionKey: false },
);
signatureMarkSchema.index({ expiresAt: 1 }, { expireAfterSeconds: CLOCK_DIFFERENCE_SECONDS });
