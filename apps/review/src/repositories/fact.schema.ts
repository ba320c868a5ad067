import { Schema } from 'mongoose';
import type { FactRow } from '../domain/fact';

export interface FactDocument {
  /** The event's id. */
  _id: string;
  /** Number of the write that stored it, in commit order: a reader that has seen up to n has missed nothing below. */
  seq: number;
  type: string;
  at: Date;
  rows: FactRow[];
}

export interface IntakeDocument {
  _id: string;
  /** Number of the last write. */
  seq: number;
  /** An array, as type names have dots. */
  counts: { type: string; count: number }[];
}

export const factSchema = new Schema<FactDocument>(
  {
    _id: String,
    seq: { type: Number, required: true },
    type: { type: String, required: true },
    at: { type: Date, required: true },
    rows: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'facts', versionKey: false },
);
factSchema.index({ seq: 1 });

export const intakeSchema = new Schema<IntakeDocument>(
  { _id: String, seq: Number, counts: [{ _id: false, type: { type: String }, count: Number }] },
  { collection: 'intake', versionKey: false },
);
