import { Schema } from 'mongoose';
import type { ProfileJoin } from '../domain/profile-join';

export interface ProfileJoinDocument extends Omit<ProfileJoin, 'joinId'> {
  _id: string;
}

export const profileJoinSchema = new Schema<ProfileJoinDocument>(
  {
    _id: String,
    customerIds: [String],
    personKey: String,
    formerKey: String,
    movedCustomerIds: [String],
    reason: String,
    joinedBy: String,
    joinedAt: Date,
    undoneBy: String,
    undoneAt: { type: Date, default: null },
    undoReason: String,
  },
  { collection: 'profile_joins', versionKey: false },
);
profileJoinSchema.index({ customerIds: 1, _id: -1 });
