import { Schema } from 'mongoose';
import type { ShareAmount } from '../domain/cost-split';
import type { Instance, TakenBack } from '../domain/instance';

export interface InstanceDocument extends Omit<Instance, 'instanceId' | 'promised' | 'firstClaimedAt'> {
  _id: string;
  promised?: ShareAmount[];
  firstClaimedAt?: Date;
}

export const shareAmountSchema = new Schema<ShareAmount>(
  { funder: String, partyId: String, amountMinor: Number },
  { _id: false },
);

export const instanceSchema = new Schema<InstanceDocument>(
  {
    _id: String,
    stockId: { type: String, required: true },
    stockName: { type: String, required: true },
    kind: { type: String, required: true },
    customerId: { type: String, required: true },
    state: { type: String, required: true },
    faceValueMinor: { type: Number, required: true },
    remainingMinor: { type: Number, required: true },
    promised: [shareAmountSchema],
    currency: { type: String, required: true },
    isTransferable: { type: Boolean, required: true },
    orgPath: { type: String, required: true },
    claimRequestId: { type: String, required: true },
    fromInstanceId: String,
    claimedAt: { type: Date, required: true },
    firstClaimedAt: Date,
    expiresAt: { type: Date, required: true },
    takenBack: { type: new Schema<TakenBack>({ actorId: String, reason: String }, { _id: false }), default: undefined },
  },
  { collection: 'instances', versionKey: false },
);
// The wallet: one customer's benefits of a state, soonest to expire first.
instanceSchema.index({ customerId: 1, state: 1, expiresAt: 1, _id: 1 });
// What expires, in order: the expiry sweep and the reminders.
instanceSchema.index({ state: 1, expiresAt: 1, _id: 1 });
