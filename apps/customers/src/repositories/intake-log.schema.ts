import { Schema } from 'mongoose';

/** The facts that one call brought, as one document. */
export interface IntakeLogDocument {
  _id: string;
  /** JSON array of FactRecorded, each fact once. */
  facts: string;
  at: Date;
}

/** Immutable: only ever inserted. */
export const intakeLogSchema = new Schema<IntakeLogDocument>(
  {
    _id: String,
    facts: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'intake_log', versionKey: false },
);
