import { Schema } from 'mongoose';
import type { HuntProgress, SeenAt } from '../domain/hunt-claim';

export interface HuntProgressDocument extends HuntProgress {
  /** `<hunt id>|<customer id>`. */
  _id: string;
  /** Grows when another profile of the person found a point (`touch`). */
  touchCount?: number;
}

export interface SeenAtDocument extends SeenAt {
  /** Customer id. */
  _id: string;
  /** Grows when another profile of the person was seen (`touch`); one that never was itself has a time and no place. */
  touchCount?: number;
}

export interface PointCountDocument {
  /** `<hunt id>|<point id>`. */
  _id: string;
  count: number;
}

export interface UsedChallengeDocument {
  /** Nonce. */
  _id: string;
  expiresAt: Date;
}

/** What is kept of an attempt, found or refused. */
export interface HuntAttempt {
  /** UUIDv7. */
  attemptId: string;
  huntId: string;
  pointId: string;
  customerId: string;
  /** Empty when the point was found. */
  reason: string;
  distanceMetres: number;
  attemptedAt: Date;
}
export type HuntAttemptDocument = Omit<HuntAttempt, 'attemptId'> & { _id: string };

const DAY_SECONDS = 24 * 3600;
const POSITIONS_KEPT_DAYS = 7;
const ATTEMPTS_KEPT_DAYS = 180;

export const huntProgressSchema = new Schema<HuntProgressDocument>(
  {
    _id: String,
    huntId: String,
    customerId: String,
    found: Schema.Types.Mixed,
    day: String,
    dayCount: Number,
    touchCount: Number,
  },
  { collection: 'hunt_progress', versionKey: false },
);

export const seenAtSchema = new Schema<SeenAtDocument>(
  { _id: String, longitude: Number, latitude: Number, accuracyMetres: Number, at: Date, touchCount: Number },
  { collection: 'hunt_positions', versionKey: false },
);
// Where somebody was is kept no longer than it can tell of a spoofed move.
seenAtSchema.index({ at: 1 }, { expireAfterSeconds: POSITIONS_KEPT_DAYS * DAY_SECONDS });

export const pointCountSchema = new Schema<PointCountDocument>(
  { _id: String, count: Number },
  { collection: 'hunt_point_counts', versionKey: false },
);

export const usedChallengeSchema = new Schema<UsedChallengeDocument>(
  { _id: String, expiresAt: Date },
  { collection: 'hunt_used_challenges', versionKey: false },
);
// An expired challenge is refused by its time.
usedChallengeSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 600 });

export const huntAttemptSchema = new Schema<HuntAttemptDocument>(
  {
    _id: String,
    huntId: { type: String, required: true },
    pointId: String,
    customerId: String,
    reason: String,
    distanceMetres: Number,
    attemptedAt: Date,
  },
  { collection: 'hunt_attempts', versionKey: false },
);
huntAttemptSchema.index({ huntId: 1, _id: -1 });
huntAttemptSchema.index({ attemptedAt: 1 }, { expireAfterSeconds: ATTEMPTS_KEPT_DAYS * DAY_SECONDS });
