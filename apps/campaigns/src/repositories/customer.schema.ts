import { Schema } from 'mongoose';
import type { CustomerFacts } from '../domain/customer-facts';

export interface CustomerFactsDocument extends Omit<CustomerFacts, 'customerId'> {
  _id: string;
  /** Where a date_relative rule finds the customer. */
  dateKeys: string[];
}

export const customerFactsSchema = new Schema<CustomerFactsDocument>(
  {
    _id: String,
    externalId: String,
    orgPath: String,
    stage: String,
    birthDate: Date,
    attributes: { type: Schema.Types.Mixed, required: true } as never,
    tags: { type: Schema.Types.Mixed, required: true } as never,
    rfm: { type: Schema.Types.Mixed, default: null } as never,
    version: { type: Number, required: true },
    dateKeys: [String],
  },
  { collection: 'customer_facts', versionKey: false, minimize: false },
);
customerFactsSchema.index({ dateKeys: 1, _id: 1 });
