import { Schema } from 'mongoose';
import type { Push } from '../domain/push';
import type { PlannedMember } from '../domain/push-plan';

export interface PushDocument extends Omit<Push, 'pushId'> {
  _id: string;
  /** The replica at work, and until when the others leave it alone. */
  leaseOwner: string;
  leaseUntil: Date;
}

export interface PushChunkDocument {
  /** `<push id>|<sequence>`, sequence padded so that ids sort. */
  _id: string;
  customerIds: string[];
}

export interface PushPlanDocument {
  /** `<push id>|<index>`, index padded so that ids sort. */
  _id: string;
  /** Place of the first member in the plan. */
  from: number;
  members: PlannedMember[];
}

const { Mixed } = Schema.Types;

export const pushSchema = new Schema<PushDocument>(
  {
    _id: String,
    strategyId: String,
    listId: String,
    capacitySlot: String,
    state: String,
    nextSequence: Number,
    memberCount: Number,
    decidedCount: Number,
    chosenCount: Number,
    countByReason: Mixed,
    plannedByQueue: Mixed,
    chosenByQueue: Mixed,
    cursor: Number,
    failureReason: String,
    startedAt: Date,
    finishedAt: Date,
    leaseOwner: String,
    leaseUntil: Date,
  },
  { collection: 'pushes', versionKey: false, minimize: false },
);
pushSchema.index({ state: 1 });

export const pushChunkSchema = new Schema<PushChunkDocument>(
  { _id: String, customerIds: [String] },
  { collection: 'push_chunks', versionKey: false },
);

export const pushPlanSchema = new Schema<PushPlanDocument>(
  { _id: String, from: Number, members: Mixed },
  { collection: 'push_plans', versionKey: false },
);
