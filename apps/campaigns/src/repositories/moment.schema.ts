import { Schema } from 'mongoose';

/** A moment that fired: it never fires again. */
export interface MomentDocument {
  /** Moment id. */
  _id: string;
  strategyId: string;
  ruleId: string;
  customerId: string;
  factId: string;
  acceptedAt: Date;
  detectedAt: Date;
}

/** When a rule last fired for a customer. */
export interface CooldownDocument {
  /** Cooldown id. */
  _id: string;
  lastFiredAt: Date;
  /** When it no longer matters. */
  expiresAt: Date;
}

/** Up to which day a date rule was scanned. */
export interface DateScanDocument {
  /** Rule key. */
  _id: string;
  day: string;
}

// Longer than a fact can come again, and than a yearly date takes to come back.
const MOMENT_RETENTION_SECONDS = 400 * 24 * 3600;

export const momentSchema = new Schema<MomentDocument>(
  {
    _id: String,
    strategyId: String,
    ruleId: String,
    customerId: String,
    factId: String,
    acceptedAt: Date,
    detectedAt: Date,
  },
  { collection: 'moments', versionKey: false },
);
momentSchema.index({ detectedAt: 1 }, { expireAfterSeconds: MOMENT_RETENTION_SECONDS });

export const cooldownSchema = new Schema<CooldownDocument>(
  { _id: String, lastFiredAt: Date, expiresAt: Date },
  { collection: 'moment_cooldowns', versionKey: false },
);
cooldownSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const dateScanSchema = new Schema<DateScanDocument>(
  { _id: String, day: String },
  { collection: 'date_scans', versionKey: false },
);
