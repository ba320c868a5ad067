import { Schema } from 'mongoose';
import type { SubsidyRule, TrafficPlan, VisitGoal } from '../domain/traffic-plan';

export interface TrafficPlanDocument extends Omit<TrafficPlan, 'planId'> {
  _id: string;
}

const goalSchema = new Schema<VisitGoal>(
  { goalId: String, visitCount: Number, withinDays: Number, rewardStockId: String },
  { _id: false },
);

const subsidySchema = new Schema<SubsidyRule>(
  {
    currency: String,
    perVisitMinor: Number,
    perRedemptionMinor: Number,
    redemptionBasisPoints: Number,
    attributionDays: Number,
    dailyLimitMinor: Number,
    totalLimitMinor: Number,
    payer: String,
  },
  { _id: false },
);

export const trafficPlanSchema = new Schema<TrafficPlanDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    direction: { type: String, required: true },
    orgPath: { type: String, required: true },
    storeIds: { type: [String], required: true },
    outletPaths: { type: [String], required: true },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    tokenLifeSeconds: { type: Number, required: true },
    tokenUseLimit: { type: Number, required: true },
    goals: { type: [goalSchema], required: true },
    subsidy: { type: subsidySchema, required: true },
  },
  { collection: 'traffic_plans', versionKey: false },
);
trafficPlanSchema.index({ orgPath: 1, _id: 1 });
