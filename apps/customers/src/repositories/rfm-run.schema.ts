import { Schema } from 'mongoose';
import type { RfmScore } from '../domain/customer';

/** How many customers hold one score. */
export interface RfmCell extends RfmScore {
  customerCount: number;
}

export interface RfmRunDocument {
  /** Request id. */
  _id: string;
  inputHash: string;
  /** `guard` for the one document that all starters write. */
  state: 'running' | 'completed' | 'guard';
  /** A run whose process died may be taken over after this. */
  leaseUntil: Date;
  customerCount: number;
  tookMs: number;
  cells: RfmCell[];
  computedAt: Date | null;
}

export const rfmRunSchema = new Schema<RfmRunDocument>(
  {
    _id: String,
    inputHash: String,
    state: { type: String, required: true },
    leaseUntil: Date,
    customerCount: Number,
    tookMs: Number,
    cells: { type: Schema.Types.Mixed, required: true },
    computedAt: { type: Date, default: null },
  },
  { collection: 'rfm_runs', versionKey: false },
);
rfmRunSchema.index({ state: 1, computedAt: -1 });
