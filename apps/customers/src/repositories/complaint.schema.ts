import { Schema } from 'mongoose';
import type { Complaint } from '../domain/complaint';

export interface ComplaintDocument extends Omit<Complaint, 'complaintId'> {
  _id: string;
}

export const complaintSchema = new Schema<ComplaintDocument>(
  {
    _id: String,
    customerId: { type: String, required: true },
    subject: String,
    state: { type: String, required: true },
    resolution: String,
    openedAt: { type: Date, required: true },
    closedAt: { type: Date, default: null },
  },
  { collection: 'complaints', versionKey: false },
);
complaintSchema.index({ customerId: 1, _id: -1 });
