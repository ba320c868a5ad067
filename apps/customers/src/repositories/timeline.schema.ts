import { Schema } from 'mongoose';
import type { Touch } from '../domain/touch';

export interface TouchDocument extends Omit<Touch, 'entryId'> {
  /** Id of the event that told of it. */
  _id: string;
}

export const touchSchema = new Schema<TouchDocument>(
  {
    _id: String,
    customerId: { type: String, required: true },
    type: { type: String, required: true },
    channel: String,
    summary: String,
    data: { type: Schema.Types.Mixed, required: true },
    occurredAt: { type: Date, required: true },
  },
  { collection: 'timeline', versionKey: false, minimize: false },
);
touchSchema.index({ customerId: 1, occurredAt: -1 });
