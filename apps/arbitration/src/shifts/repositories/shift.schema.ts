import { Schema } from 'mongoose';
import type { Shift, ShiftPlan } from '../domain/shift';

export interface ShiftDocument extends Omit<Shift, 'shiftId'> {
  _id: string;
}

export interface ShiftPlanDocument extends Omit<ShiftPlan, 'queue'> {
  /** The queue. */
  _id: string;
  /** Pools whose units changed and whose promises may have to move. */
  unsettledPools: string[];
}

export const shiftSchema = new Schema<ShiftDocument>(
  { _id: String, queue: String },
  // Written as it is: a shift is built by the domain, and what is asked for is declared above.
  { collection: 'shifts', versionKey: false, strict: false, minimize: false },
);
shiftSchema.index({ queue: 1, _id: 1 });

export const shiftPlanSchema = new Schema<ShiftPlanDocument>(
  { _id: String, orgPath: String, slotMinutes: Number, daysAhead: Number, unsettledPools: [String] },
  { collection: 'shift_plans', versionKey: false },
);
