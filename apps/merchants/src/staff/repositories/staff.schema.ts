import { Schema } from 'mongoose';
import type { StaffMember } from '../domain/staff-member';

export interface StaffDocument extends Omit<StaffMember, 'staffId'> {
  _id: string;
}

export const staffSchema = new Schema<StaffDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    orgPath: { type: String, required: true },
    state: { type: String, required: true },
    reason: { type: String, default: '' },
    changedBy: { type: String, required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'staff', versionKey: false },
);
staffSchema.index({ orgPath: 1, _id: 1 });
