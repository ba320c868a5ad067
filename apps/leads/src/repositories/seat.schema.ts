import { Schema } from 'mongoose';
import type { Seat } from '../domain/seat';

export interface SeatDocument extends Omit<Seat, 'seatId'> {
  _id: string;
  /** Available with room for a lead: what assignment looks for. */
  isFree: boolean;
}

export const seatSchema = new Schema<SeatDocument>(
  {
    _id: String,
    agentId: { type: String, required: true },
    orgPath: { type: String, required: true },
    teamId: String,
    queues: { type: [String], required: true },
    skills: { type: [String], required: true },
    capacity: { type: Number, required: true },
    state: { type: String, required: true },
    openLeadIds: { type: [String], required: true },
    lastOfferedAt: Date,
    isFree: { type: Boolean, required: true },
  },
  { collection: 'seats', versionKey: false },
);
// Free seats, and free seats of one queue.
seatSchema.index({ isFree: 1, queues: 1 });
seatSchema.index({ agentId: 1, _id: 1 });
seatSchema.index({ teamId: 1, _id: 1 });
