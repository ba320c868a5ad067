import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, newId, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../../benefits-client';
import { storeNotFound, type Store } from '../../../domain/merchant';
import { requireStaffOf } from '../../../merchant-access';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { OrgUnitRepository } from '../../../repositories/org-unit.repository';
import { planNotFound } from '../../../traffic/domain/traffic-plan';
import { TrafficPlanRepository } from '../../../traffic/repositories/traffic-plan.repository';
import { placeActivity, type Activity } from '../../domain/activity';
import { NearbyRepository } from '../../repositories/nearby.repository';
import type { PutActivityInput } from './put-activity.request';

/** Creates or replaces an activity. */
@Injectable()
export class PutActivityUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly nearby: NearbyRepository,
    private readonly merchants: MerchantRepository,
    private readonly units: OrgUnitRepository,
    private readonly plans: TrafficPlanRepository,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /**
   * @throws STAFF_ONLY, ORG_OUT_OF_SCOPE, ORG_UNIT_NOT_FOUND, STORE_NOT_FOUND, PLAN_NOT_FOUND, STOCK_NOT_FOUND, VALIDATION_FAILED,
   * REQUEST_ID_REUSED
   */
  async execute({ requestId, activity: input }: PutActivityInput, actor: Actor): Promise<Activity> {
    requireStaffOf(actor, input.orgPath);
    if (input.stockId !== '') await this.requireStock(input.stockId);
    return this.mongo.once({ scope: 'put-activity', requestId, input }, async (tx) => {
      const activityId = input.activityId || newId();
      const existing = await this.nearby.findActivity(activityId, tx);
      if (existing) requireStaffOf(actor, existing.orgPath);
      if (!(await this.units.exists(input.orgPath, tx))) {
        throw notFound('ORG_UNIT_NOT_FOUND', 'There is no such organisation unit.');
      }
      if (input.planId !== '' && !(await this.plans.find(input.planId, tx))) throw planNotFound();
      const store = input.storeId === '' ? null : await this.getStore(input.storeId, actor, tx);
      const activity = placeActivity({ ...input, activityId }, store);
      await this.nearby.saveActivity(activity, tx);
      return activity;
    });
  }

  /** Any stock: it is shown, not given. */
  private async requireStock(stockId: string): Promise<void> {
    const { stocks } = await this.benefits.getStocks({ stockIds: [stockId] });
    if (stocks.length === 0) throw notFound('STOCK_NOT_FOUND', 'There is no such stock.', { stockId });
  }

  /** A store of a merchant within the actor's organisation. */
  private async getStore(storeId: string, actor: Actor, tx: Transaction): Promise<Store> {
    const store = await this.merchants.findStore(storeId, tx);
    const merchant = store && (await this.merchants.findMerchant(store.merchantId, tx));
    if (!merchant) throw storeNotFound();
    requireStaffOf(actor, merchant.orgPath);
    return store;
  }
}
