import { Schema } from 'mongoose';
import type { Goal, GoalMember } from '../domain/goal';

export interface GoalDocument extends Omit<Goal, 'goalId'> {
  _id: string;
}

export interface GoalMemberDocument extends GoalMember {
  /** `<goal id>|<customer id>`. */
  _id: string;
}

export const goalSchema = new Schema<GoalDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    strategyId: { type: String, required: true },
    orgPath: { type: String, required: true },
    kind: { type: String, required: true },
    targetAmount: { type: Number, required: true },
    currency: { type: String, default: '' },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    successOutcome: { type: String, default: '' },
    factType: { type: String, default: '' },
    version: { type: Number, required: true },
    achievedAmount: { type: Number, required: true },
    memberCount: { type: Number, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'goals', versionKey: false },
);
goalSchema.index({ strategyId: 1, _id: 1 });
goalSchema.index({ orgPath: 1, _id: 1 });
goalSchema.index({ factType: 1 });

export const goalMemberSchema = new Schema<GoalMemberDocument>(
  { _id: String, goalId: String, customerId: String },
  { collection: 'goal_members', versionKey: false, strict: false },
);
goalMemberSchema.index({ customerId: 1 });
