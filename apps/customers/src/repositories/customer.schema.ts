import { Schema } from 'mongoose';
import type { Customer } from '../domain/customer';

export interface CustomerDocument extends Omit<Customer, 'customerId'> {
  _id: string;
}

const { Mixed } = Schema.Types;

export const customerSchema = new Schema<CustomerDocument>(
  {
    _id: String,
    personKey: String,
    externalId: { type: String, required: true },
    sealedName: String,
    sealedPhone: String,
    birthDate: { type: String, default: null },
    orgPath: { type: String, required: true },
    stage: { type: String, required: true },
    attributes: { type: Mixed, required: true },
    balanceAt: { type: Date, default: null },
    tags: { type: Mixed, required: true },
    consents: { type: Mixed, required: true },
    openComplaintCount: { type: Number, required: true },
    personRefusals: Mixed,
    isPersonOnHold: Boolean,
    otherCustomerIds: { type: [String], default: undefined },
    rfm: { type: Mixed, default: null },
    importDigest: String,
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'customers', versionKey: false, minimize: false },
);
// What staff of one organisation page through.
customerSchema.index({ orgPath: 1, _id: 1 });
// The profiles of one natural person.
customerSchema.index({ personKey: 1 }, { sparse: true });
