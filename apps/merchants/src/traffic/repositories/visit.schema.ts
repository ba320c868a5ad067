import { Schema } from 'mongoose';
import type { GoalState } from '../domain/visit-goal';
import type { Visit } from '../domain/visit';

export interface VisitDocument extends Omit<Visit, 'visitId'> {
  /** Plan, business date, place and customer: unique, so that none is counted twice. */
  _id: string;
}

export interface TokenUseDocument {
  /** The token, or the token and who came with it. */
  _id: string;
  useCount: number;
  /** Of the token; what ended is refused anyway. */
  expiresAt: Date;
}

export interface GoalStateDocument extends GoalState {
  /** Plan, goal and customer. */
  _id: string;
}

/** Kept a little past the end, so that no clock difference between machines reopens a token. */
const CLOCK_DIFFERENCE_SECONDS = 300;

export const visitSchema = new Schema<VisitDocument>(
  {
    _id: String,
    planId: { type: String, required: true },
    direction: { type: String, required: true },
    customerId: { type: String, required: true },
    sourceId: { type: String, required: true },
    placeId: { type: String, required: true },
    merchantId: { type: String, default: '' },
    storeId: { type: String, default: '' },
    clerkId: { type: String, default: '' },
    visitedAt: { type: Date, required: true },
    businessDate: { type: String, required: true },
  },
  { collection: 'visits', versionKey: false },
);
visitSchema.index({ planId: 1, customerId: 1, businessDate: 1 });
visitSchema.index({ customerId: 1, businessDate: 1 });
visitSchema.index({ planId: 1, visitedAt: -1, _id: -1 });
visitSchema.index({ merchantId: 1, visitedAt: -1, _id: -1 });

export const tokenUseSchema = new Schema<TokenUseDocument>(
  { _id: String, useCount: { type: Number, required: true }, expiresAt: { type: Date, required: true } },
  { collection: 'attribution_token_uses', versionKey: false },
);
tokenUseSchema.index({ expiresAt: 1 }, { expireAfterSeconds: CLOCK_DIFFERENCE_SECONDS });

export const goalStateSchema = new Schema<GoalStateDocument>(
  { _id: String, reachedCount: { type: Number, required: true }, lastReachedAt: { type: Date, default: null } },
  { collection: 'visit_goal_states', versionKey: false },
);
