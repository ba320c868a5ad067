import { Schema } from 'mongoose';
import type { CustomerState } from '../domain/customer-state';
import type { PackedSeries } from './series-packing';

export interface CustomerStateDocument extends Omit<CustomerState, 'customerId' | 'past'> {
  _id: string;
  /** Absent in documents of before there were any. */
  series?: PackedSeries;
  /** Grows when another profile of the person was promised a contact (`touchMany`). */
  touchCount?: number;
}

// The inner parts are checked where they are made; casting each of thousands of customers would cost more than the write.
const { Mixed } = Schema.Types;

/** One document for each customer, so that a decision is one read and one write. */
export const customerStateSchema = new Schema<CustomerStateDocument>(
  {
    _id: String,
    facts: Mixed,
    writtenThrough: Mixed,
    contacts: Mixed,
    outcomes: Mixed,
    modelScores: Mixed,
    series: Mixed,
    touchCount: Number,
  },
  { collection: 'customer_states', versionKey: false, minimize: false },
);
