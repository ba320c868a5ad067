import { Schema } from 'mongoose';
import type { Delivery, DeliveryAttempt } from '../domain/delivery';

export interface DeliveryDocument extends Omit<Delivery, 'deliveryId'> {
  _id: string;
}

const attemptSchema = new Schema<DeliveryAttempt>({ at: Date, status: Number, error: String }, { _id: false });

export const deliverySchema = new Schema<DeliveryDocument>(
  {
    _id: String,
    decisionId: { type: String, default: '' },
    customerId: { type: String, required: true },
    channel: { type: String, required: true },
    state: { type: String, required: true },
    endpointId: String,
    orgPath: String,
    payload: String,
    attempts: { type: [attemptSchema], required: true },
    createdAt: { type: Date, required: true },
    finishedAt: Date,
    dueAt: Date,
    leaseId: String,
    retractedReason: String,
    reminder: Schema.Types.Mixed,
    text: Schema.Types.Mixed,
    queuedUntil: Date,
    stoppedReason: String,
  },
  { collection: 'deliveries', versionKey: false },
);
// Attempts that are due; finished deliveries are not in it.
deliverySchema.index({ dueAt: 1 }, { sparse: true });
// Messages of the inbox that wait; no other delivery is in it.
deliverySchema.index({ queuedUntil: 1 }, { sparse: true });
// Lists, newest first.
deliverySchema.index({ createdAt: -1, _id: -1 });
deliverySchema.index({ channel: 1, state: 1, createdAt: -1, _id: -1 });
