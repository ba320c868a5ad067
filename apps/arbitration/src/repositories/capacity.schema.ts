import { Schema } from 'mongoose';
import type { Capacity } from '../domain/capacity';

export interface CapacityDocument extends Capacity {
  /** `<queue>|<slot>`. */
  _id: string;
}

export interface QuotaDocument {
  /** Strategy id. */
  _id: string;
  chosenCount: number;
}

export const capacitySchema = new Schema<CapacityDocument>(
  { _id: String, queue: String, slot: String, units: Number, reserved: Number, used: Number },
  // Written as it is: parts of a day are built by the domain.
  { collection: 'capacities', versionKey: false, strict: false },
);

export const quotaSchema = new Schema<QuotaDocument>(
  { _id: String, chosenCount: Number },
  { collection: 'quotas', versionKey: false },
);
