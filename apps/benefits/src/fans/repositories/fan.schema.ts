import { Schema } from 'mongoose';
import type { Fan, FanDay, FanTarget } from '../domain/fan';

/** `<kind>:<target id>`. */
export type TargetKey = string;

export interface FanTargetDocument extends FanTarget {
  _id: TargetKey;
}

export interface FanCountDocument {
  _id: TargetKey;
  fanCount: number;
}

export interface FanDocument extends Fan {
  /** `<target key>|<customer id>`. */
  _id: string;
  targetKey: TargetKey;
}

export interface FanDayDocument extends FanDay {
  /** `<target key>|<day>`. */
  _id: string;
  targetKey: TargetKey;
}

export const fanTargetSchema = new Schema<FanTargetDocument>(
  {
    _id: String,
    kind: { type: String, required: true },
    targetId: { type: String, required: true },
    name: String,
    orgPath: { type: String, required: true },
    timeZone: String,
    createdAt: Date,
  },
  { collection: 'fan_targets', versionKey: false },
);
fanTargetSchema.index({ orgPath: 1 });

export const fanCountSchema = new Schema<FanCountDocument>(
  { _id: String, fanCount: Number },
  { collection: 'fan_counts', versionKey: false },
);

export const fanSchema = new Schema<FanDocument>(
  {
    _id: String,
    targetKey: { type: String, required: true },
    kind: String,
    targetId: String,
    customerId: { type: String, required: true },
    isFollowing: Boolean,
    source: String,
    followedAt: Date,
    unfollowedAt: Date,
    activeDays: [String],
    requests: [new Schema({ requestId: String, isFollowing: Boolean }, { _id: false })],
    // Absent, not empty, where an earlier version wrote none.
    requestIds: { type: [String], default: undefined },
  },
  { collection: 'fans', versionKey: false },
);
fanSchema.index({ targetKey: 1, isFollowing: 1, followedAt: -1, _id: -1 });
fanSchema.index({ customerId: 1, isFollowing: 1, followedAt: -1, _id: -1 });

export const fanDaySchema = new Schema<FanDayDocument>(
  {
    _id: String,
    targetKey: { type: String, required: true },
    day: { type: String, required: true },
    followedCount: Number,
    unfollowedCount: Number,
    activeCount: Number,
    fanCount: Number,
  },
  { collection: 'fan_days', versionKey: false },
);
fanDaySchema.index({ targetKey: 1, day: -1 });
