import { Schema } from 'mongoose';
import type { NameList } from '../domain/name-list';

export interface NameListDocument extends Omit<NameList, 'listId' | 'screenedCountByReason'> {
  _id: string;
  screenedCountByReason: Record<string, number>;
  /** Which replica works on it, and until when without a sign of life. */
  holder: string;
  heldUntil: Date | null;
  /** Something is left to do in the background. */
  isUnfinished: boolean;
}

const { Mixed } = Schema.Types;

export const nameListSchema = new Schema<NameListDocument>(
  {
    _id: String,
    strategyId: { type: String, required: true },
    name: { type: String, required: true },
    segmentId: String,
    orgPath: { type: String, required: true },
    source: { type: String, required: true },
    parentListId: String,
    relationAttributes: [String],
    state: { type: String, required: true },
    memberCount: { type: Number, required: true },
    expectedCount: Number,
    passedCount: { type: Number, required: true },
    screenedCountByReason: { type: Mixed, required: true } as never,
    pushId: String,
    failureReason: String,
    createdAt: { type: Date, required: true },
    build: { type: Mixed, required: true } as never,
    upload: { type: Mixed, default: null } as never,
    job: { type: Mixed, default: null } as never,
    isSplit: Boolean,
    placedCount: Number,
    dispatch: { type: Mixed, default: null } as never,
    abandonedCount: Number,
    dispatchedAt: { type: Date, default: null },
    nextAdjustmentAt: { type: Date, default: null },
    holder: String,
    heldUntil: Date,
    isUnfinished: { type: Boolean, required: true },
  },
  { collection: 'name_lists', versionKey: false, minimize: false },
);
// A strategy's lists, newest first: list ids grow with time.
nameListSchema.index({ strategyId: 1, _id: -1 });
nameListSchema.index({ parentListId: 1, _id: -1 });
nameListSchema.index({ orgPath: 1, _id: -1 });
nameListSchema.index({ isUnfinished: 1 });
nameListSchema.index({ nextAdjustmentAt: 1 });
