import { Schema } from 'mongoose';
import type { Budget, BudgetLimits, BudgetUse } from '../domain/budget';
import type { ChargedRedemption, Reservation } from '../domain/reservation';

export interface BudgetDocument extends Budget {
  /** `merchant:<id>` or `store:<id>`. */
  _id: string;
}

export interface ReservationDocument extends Omit<Reservation, 'holdId' | 'budgetIds'> {
  /** The hold. */
  _id: string;
  /** None in those of before budgets were named. */
  budgetIds?: string[];
}

/** A reversal may be heard of so long after its redemption. */
const RESERVATION_KEPT_SECONDS = 400 * 86_400;

const limitsSchema = new Schema<BudgetLimits>(
  { dailyCount: Number, totalCount: Number, dailyAmountMinor: Number, totalAmountMinor: Number },
  { _id: false },
);

const useSchema = new Schema<BudgetUse>(
  { usedCount: Number, usedAmountMinor: Number, day: String, dayCount: Number, dayAmountMinor: Number },
  { _id: false },
);

const redemptionSchema = new Schema<ChargedRedemption>(
  { redemptionId: String, amountMinor: Number, isReversed: Boolean },
  { _id: false },
);

export const budgetSchema = new Schema<BudgetDocument>(
  {
    _id: String,
    merchantId: { type: String, required: true },
    storeId: { type: String, default: '' },
    currency: { type: String, required: true },
    limits: { type: limitsSchema, required: true },
    use: { type: useSchema, required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'budgets', versionKey: false },
);
budgetSchema.index({ merchantId: 1, _id: 1 });

export const reservationSchema = new Schema<ReservationDocument>(
  {
    _id: String,
    merchantId: { type: String, required: true },
    storeId: { type: String, required: true },
    count: { type: Number, required: true },
    amountMinor: { type: Number, required: true },
    currency: { type: String, default: '' },
    budgetIds: { type: [String] },
    day: { type: String, required: true },
    state: { type: String, required: true },
    refusal: { type: Schema.Types.Mixed, default: null },
    reservedAt: { type: Date, required: true },
    heldUntil: { type: Date, required: true },
    redemptions: { type: [redemptionSchema], default: [] },
    reversedIds: { type: [String], default: [] },
  },
  { collection: 'budget_reservations', versionKey: false },
);
reservationSchema.index({ state: 1, heldUntil: 1 });
reservationSchema.index({ 'redemptions.redemptionId': 1 });
reservationSchema.index({ heldUntil: 1 }, { expireAfterSeconds: RESERVATION_KEPT_SECONDS });
