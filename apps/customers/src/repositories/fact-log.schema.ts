import { Schema } from 'mongoose';

/** The facts that one call brought, as one document. */
export interface FactLogDocument {
  _id: string;
  factIds: string[];
  /** JSON array of FactRecorded. */
  facts: string;
  at: Date;
}

/** Immutable: only ever inserted. */
export const factLogSchema = new Schema<FactLogDocument>(
  {
    _id: String,
    factIds: { type: [String], required: true },
    facts: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'fact_log', versionKey: false },
);
// Over all documents: a fact that is in the log cannot be stored in it again.
factLogSchema.index({ factIds: 1 }, { unique: true });
