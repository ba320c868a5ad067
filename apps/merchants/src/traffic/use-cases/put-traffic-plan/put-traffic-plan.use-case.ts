import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, newId, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../../benefits-client';
import { storeNotFound } from '../../../domain/merchant';
import { requireStaffOf } from '../../../merchant-access';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { OrgUnitRepository } from '../../../repositories/org-unit.repository';
import { placePlan, requireOutletInPlan, type TrafficPlan } from '../../domain/traffic-plan';
import { TrafficPlanRepository } from '../../repositories/traffic-plan.repository';
import type { PutTrafficPlanInput } from './put-traffic-plan.request';

/** Creates or replaces a traffic plan. */
@Injectable()
export class PutTrafficPlanUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly plans: TrafficPlanRepository,
    private readonly merchants: MerchantRepository,
    private readonly units: OrgUnitRepository,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /**
   * @throws STAFF_ONLY, ORG_OUT_OF_SCOPE (of the old or the new organisation, of a store's merchant, or of a goal's stock), ORG_UNIT_NOT_FOUND,
   * STORE_NOT_FOUND, STOCK_NOT_FOUND, PLACE_NOT_IN_PLAN, PLAN_DIRECTION_FIXED, PLAN_CURRENCY_FIXED, PLAN_PAYER_FIXED, VALIDATION_FAILED,
   * REQUEST_ID_REUSED
   */
  async execute({ requestId, plan: input }: PutTrafficPlanInput, actor: Actor): Promise<TrafficPlan> {
    requireStaffOf(actor, input.orgPath);
    await this.requireStocks(input, actor);
    return this.mongo.once({ scope: 'put-traffic-plan', requestId, input }, async (tx) => {
      const planId = input.planId || newId();
      const existing = await this.plans.find(planId, tx);
      if (existing) requireStaffOf(actor, existing.orgPath);
      const plan = placePlan({ ...input, planId }, existing);
      await this.requirePlaces(plan, actor, tx);
      await this.plans.save(plan, tx);
      return plan;
    });
  }

  /** What the goals give comes out of stocks of the maker's own organisation and those below. */
  private async requireStocks({ goals }: Pick<TrafficPlan, 'goals'>, actor: Actor): Promise<void> {
    const stockIds = [...new Set(goals.flatMap(({ rewardStockId }) => rewardStockId || []))];
    if (stockIds.length === 0) return;
    const { stocks } = await this.benefits.getStocks({ stockIds });
    const orgPaths = new Map(stocks.flatMap(({ stock }) => (stock ? [[stock.stockId, stock.orgPath]] : [])));
    for (const stockId of stockIds) {
      const orgPath = orgPaths.get(stockId);
      if (orgPath === undefined) throw notFound('STOCK_NOT_FOUND', 'There is no such stock.', { stockId });
      requireStaffOf(actor, orgPath);
    }
  }

  private async requirePlaces(plan: TrafficPlan, actor: Actor, tx: Transaction): Promise<void> {
    for (const orgPath of [plan.orgPath, ...plan.outletPaths]) {
      if (!(await this.units.exists(orgPath, tx))) {
        throw notFound('ORG_UNIT_NOT_FOUND', 'There is no such organisation unit.', { orgPath });
      }
    }
    for (const outletPath of plan.outletPaths) requireOutletInPlan({ ...plan, outletPaths: [] }, outletPath);
    const stores = await this.merchants.findStores(plan.storeIds, tx);
    if (stores.length < plan.storeIds.length) throw storeNotFound();
    const merchantIds = [...new Set(stores.map(({ merchantId }) => merchantId))];
    // A merchant may be about to change his organisation.
    for (const merchantId of merchantIds) await this.merchants.lockMerchant(merchantId, tx);
    const orgPaths = await this.merchants.findOrgPaths(merchantIds, tx);
    for (const orgPath of orgPaths.values()) requireStaffOf(actor, orgPath);
  }
}
