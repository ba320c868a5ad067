import { Schema } from 'mongoose';
import type { Fact } from '../domain/fact';

export interface FactDocument extends Omit<Fact, 'factId'> {
  /** Fact id: unique by nature, so a duplicate cannot be stored. */
  _id: string;
  /** Absent in facts of earlier versions, which were filed as they were accepted. */
  filedAt?: Date;
}

/** Immutable: only ever inserted. */
export const factSchema = new Schema<FactDocument>(
  {
    _id: String,
    type: { type: String, required: true },
    customerId: { type: String, required: true },
    occurredAt: { type: Date, required: true },
    acceptedAt: { type: Date, required: true },
    filedAt: Date,
    data: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'facts', versionKey: false, minimize: false },
);
// One customer's facts by time: the timeline, and the windows of rules.
factSchema.index({ customerId: 1, occurredAt: -1 });
