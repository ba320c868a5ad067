import { Schema } from 'mongoose';

/** An entry of the intake log, but for those of its facts that an earlier one brought. */
export interface FiledEntry {
  entryId: string;
  repeatedIds: string[];
}

/** What one transaction changed, for the columnar copies. */
export interface FeedDocument {
  _id: string;
  customerIds: string[];
  filed: FiledEntry[];
  at: Date;
}

export const FEED_RETENTION_SECONDS = 7 * 24 * 3600;

export const feedSchema = new Schema<FeedDocument>(
  {
    _id: String,
    customerIds: { type: [String], required: true },
    filed: { type: [{ _id: false, entryId: String, repeatedIds: [String] }], required: true },
    at: { type: Date, required: true },
  },
  { collection: 'columnar_feed', versionKey: false },
);
// A copy that has been away for longer is built anew.
feedSchema.index({ at: 1 }, { expireAfterSeconds: FEED_RETENTION_SECONDS });

/** One document that tells databases apart, so that a copy of another one is not taken for ours. */
export const databaseIdentitySchema = new Schema<{ _id: string; identity: string }>(
  { _id: String, identity: { type: String, required: true } },
  { collection: 'database_identity', versionKey: false },
);
