import { Schema } from 'mongoose';
import type { FissionMember } from '../domain/fission-member';

export interface FissionMemberDocument extends FissionMember {
  /** `<campaign id>|<customer id>`. */
  _id: string;
}

export interface InviteDocument {
  /** The code of the invite link. */
  _id: string;
  campaignId: string;
  customerId: string;
}

export interface FissionDeviceDocument {
  /** `<campaign id>|<digest>`. */
  _id: string;
  customerIds: string[];
}

export const fissionMemberSchema = new Schema<FissionMemberDocument>(
  {
    _id: String,
    campaignId: { type: String, required: true },
    customerId: { type: String, required: true },
    inviterId: String,
    state: { type: String, required: true },
    inviteeCount: Number,
    qualifiedCount: Number,
    rewardedCount: Number,
    conditionCount: Number,
    mergeCount: Number,
    joinedAt: Date,
    deadlineAt: Date,
    qualifiedAt: Date,
  },
  { collection: 'fission_members', versionKey: false },
);
// One level of the invite tree.
fissionMemberSchema.index({ campaignId: 1, inviterId: 1, joinedAt: 1, _id: 1 });
// Whose deeds count.
fissionMemberSchema.index({ customerId: 1, state: 1 });
// The report.
fissionMemberSchema.index({ campaignId: 1, state: 1 });

export const inviteSchema = new Schema<InviteDocument>(
  { _id: String, campaignId: String, customerId: String },
  { collection: 'fission_invites', versionKey: false },
);

export const fissionDeviceSchema = new Schema<FissionDeviceDocument>(
  { _id: String, customerIds: [String] },
  { collection: 'fission_devices', versionKey: false },
);
