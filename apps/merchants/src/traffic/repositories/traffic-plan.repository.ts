import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { withinScope } from '../../repositories/org-scope.filter';
import type { TrafficPlan } from '../domain/traffic-plan';
import { trafficPlanSchema, type TrafficPlanDocument } from './traffic-plan.schema';

/** Traffic plans: some hundreds. */
@Injectable()
export class TrafficPlanRepository {
  private readonly plans: Model<TrafficPlanDocument>;

  constructor(mongo: Mongo) {
    this.plans = mongo.model('TrafficPlan', trafficPlanSchema);
  }

  async find(planId: string, tx?: Transaction): Promise<TrafficPlan | null> {
    const document = await this.plans.findById(planId, null, { session: tx?.session }).lean<TrafficPlanDocument>();
    return document && toPlan(document);
  }

  async findMany(planIds: string[], tx: Transaction): Promise<Map<string, TrafficPlan>> {
    const documents = await this.plans
      .find({ _id: { $in: planIds } }, null, { session: tx.session })
      .lean<TrafficPlanDocument[]>();
    return new Map(documents.map((document) => [document._id, toPlan(document)]));
  }

  async save({ planId, ...fields }: TrafficPlan, tx: Transaction): Promise<void> {
    await this.plans.updateOne({ _id: planId }, { $set: fields }, { session: tx.session, upsert: true });
  }

  /** By id; an empty scope means every organisation. */
  async list(scope: string, limit: number, after = ''): Promise<TrafficPlan[]> {
    return this.page({ $and: [withinScope('orgPath', scope), { _id: { $gt: after } }] }, limit);
  }

  /** Those that run now, by id. */
  async listRunning(now: Date, limit: number, after = ''): Promise<TrafficPlan[]> {
    return this.page({ _id: { $gt: after }, startsAt: { $lte: now }, endsAt: { $gt: now } }, limit);
  }

  /** Those that name any of some stores and have not ended, some hundreds at most. */
  async listNaming(storeIds: string[], now: Date, tx: Transaction): Promise<TrafficPlan[]> {
    const documents = await this.plans
      .find({ storeIds: { $in: storeIds }, endsAt: { $gt: now } }, null, { session: tx.session })
      .lean<TrafficPlanDocument[]>();
    return documents.map(toPlan);
  }

  private async page(filter: object, limit: number): Promise<TrafficPlan[]> {
    const documents = await this.plans.find(filter).sort({ _id: 1 }).limit(limit).lean<TrafficPlanDocument[]>();
    return documents.map(toPlan);
  }
}

/** A plan of before merchants could pay has the bank for its payer. */
const toPlan = ({ _id, subsidy, ...fields }: TrafficPlanDocument): TrafficPlan => ({
  planId: _id,
  ...fields,
  subsidy: { ...subsidy, payer: subsidy.payer ?? 'bank' },
});
