import { Schema } from 'mongoose';

/** What one transaction changed, for the columnar copies. */
export interface FeedDocument {
  _id: string;
  customerIds: string[];
  /** Entries of the fact log. */
  factLogIds: string[];
  at: Date;
}

export const FEED_RETENTION_SECONDS = 7 * 24 * 3600;

export const feedSchema = new Schema<FeedDocument>(
  {
    _id: String,
    customerIds: { type: [String], required: true },
    factLogIds: { type: [String], required: true },
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
