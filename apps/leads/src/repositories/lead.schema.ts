import { Schema } from 'mongoose';
import type { CoolOff, Lead } from '../domain/lead';

export interface LeadDocument extends Omit<Lead, 'leadId'> {
  _id: string;
  /** The order of service as one key (rankKey). */
  rank: string;
}

const coolOffSchema = new Schema<CoolOff>({ seatId: String, until: Date }, { _id: false });

export const leadSchema = new Schema<LeadDocument>(
  {
    _id: String,
    decisionId: { type: String, required: true },
    customerId: { type: String, required: true },
    strategyId: String,
    actionId: String,
    title: String,
    scriptId: String,
    scriptVersion: Number,
    channel: { type: String, required: true },
    queue: { type: String, required: true },
    orgPath: { type: String, required: true },
    state: { type: String, required: true },
    priority: { type: Number, required: true },
    urgency: { type: Number, required: true },
    rank: { type: String, required: true },
    seatId: String,
    preferredSeatId: String,
    ownerId: String,
    onlySeatId: String,
    teamId: String,
    route: Schema.Types.Mixed,
    routeStep: Number,
    stepEndsAt: Date,
    steps: Schema.Types.Mixed,
    moveCount: Number,
    capacityMoveCount: Number,
    promisedAt: Date,
    quietFrom: Date,
    attemptCount: Number,
    callBackCount: Number,
    coolOffs: { type: [coolOffSchema], required: true },
    disposition: String,
    note: String,
    retractedReason: String,
    createdAt: { type: Date, required: true },
    waitingSince: { type: Date, required: true },
    offeredAt: Date,
    offerExpiresAt: Date,
    acceptedAt: Date,
    callBackAt: Date,
    closedAt: Date,
    dueAt: Date,
  },
  { collection: 'leads', versionKey: false },
);
// The waiting leads of a queue in the order in which they are served, and counts per state.
leadSchema.index({ queue: 1, state: 1, rank: 1 });
// What time moves next; closed leads are not in it.
leadSchema.index({ dueAt: 1 }, { sparse: true });
// Lists, newest first.
leadSchema.index({ queue: 1, createdAt: -1, _id: -1 });
leadSchema.index({ seatId: 1, createdAt: -1, _id: -1 });
leadSchema.index({ customerId: 1, createdAt: -1, _id: -1 });
// What is asked about before it is offered.
leadSchema.index({ quietFrom: 1 }, { sparse: true });
// What the end of a strategy ends.
leadSchema.index({ strategyId: 1, state: 1 });
