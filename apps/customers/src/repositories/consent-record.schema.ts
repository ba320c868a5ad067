import { Schema } from 'mongoose';
import type { ConsentRecord } from '../domain/consent';

export interface ConsentRecordDocument extends Omit<ConsentRecord, 'recordId'> {
  _id: string;
}

/** Immutable: only ever inserted. */
export const consentRecordSchema = new Schema<ConsentRecordDocument>(
  {
    _id: String,
    customerId: { type: String, required: true },
    purpose: { type: String, required: true },
    channel: { type: String, required: true },
    isGranted: { type: Boolean, required: true },
    evidence: String,
    actor: String,
    recordedAt: { type: Date, required: true },
  },
  { collection: 'consent_records', versionKey: false },
);
consentRecordSchema.index({ customerId: 1, _id: -1 });
