import { Schema } from 'mongoose';
import type { PointsAccount } from '../domain/points-account';
import type { PointsEntry } from '../domain/points-entry';

export interface PointsAccountDocument extends Omit<PointsAccount, 'customerId'> {
  /** Customer id. */
  _id: string;
  /** When the next lot expires; what never expires next is far away. */
  nextExpiryAt: Date;
  /** Grows when another profile of the person earned under the same caps (`touch`). */
  touchCount?: number;
}

export interface PointsEntryDocument extends Omit<PointsEntry, 'entryId'> {
  _id: string;
}

const { Mixed } = Schema.Types;

export const pointsAccountSchema = new Schema<PointsAccountDocument>(
  { _id: String, lots: [Mixed], counters: [Mixed], nextExpiryAt: Date, touchCount: Number },
  { collection: 'points_accounts', versionKey: false },
);
pointsAccountSchema.index({ nextExpiryAt: 1 });

export const pointsEntrySchema = new Schema<PointsEntryDocument>(
  {
    _id: String,
    customerId: { type: String, required: true },
    kind: { type: String, required: true },
    points: { type: Number, required: true },
    balanceAfter: { type: Number, required: true },
    reference: { type: String, required: true },
    awards: [Mixed],
    lots: [Mixed],
    contentHash: String,
    occurredAt: { type: Date, required: true },
    bookedAt: { type: Date, required: true },
    takenBack: Mixed,
  },
  { collection: 'points_entries', versionKey: false },
);
pointsEntrySchema.index({ customerId: 1, bookedAt: -1, _id: -1 });
