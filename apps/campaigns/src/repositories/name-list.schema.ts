import { Schema } from 'mongoose';
import type { NameList, NameListMember } from '../domain/name-list';

export interface NameListDocument extends Omit<NameList, 'listId' | 'screenedCountByReason'> {
  _id: string;
  screenedCountByReason: Record<string, number>;
  /** Which replica works on it, and until when without a sign of life. */
  holder: string;
  heldUntil: Date | null;
  /** Something is left to do in the background. */
  isUnfinished: boolean;
}

export interface NameListMemberDocument extends NameListMember {
  /** `<list id>|<customer id>`: a member is in a list once. */
  _id: string;
}

export const nameListSchema = new Schema<NameListDocument>(
  {
    _id: String,
    strategyId: { type: String, required: true },
    name: { type: String, required: true },
    segmentId: { type: String, required: true },
    orgPath: { type: String, required: true },
    state: { type: String, required: true },
    memberCount: { type: Number, required: true },
    passedCount: { type: Number, required: true },
    screenedCountByReason: { type: Schema.Types.Mixed, required: true } as never,
    pushId: String,
    failureReason: String,
    createdAt: { type: Date, required: true },
    build: { type: Schema.Types.Mixed, required: true } as never,
    dispatch: { type: Schema.Types.Mixed, default: null } as never,
    holder: String,
    heldUntil: Date,
    isUnfinished: { type: Boolean, required: true },
  },
  { collection: 'name_lists', versionKey: false, minimize: false },
);
// A strategy's lists, newest first: list ids grow with time.
nameListSchema.index({ strategyId: 1, _id: -1 });
nameListSchema.index({ isUnfinished: 1 });

export const nameListMemberSchema = new Schema<NameListMemberDocument>(
  { _id: String, customerId: String, externalId: String, reason: String },
  { collection: 'name_list_members', versionKey: false },
);
