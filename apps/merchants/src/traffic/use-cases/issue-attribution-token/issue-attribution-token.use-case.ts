import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { newId } from '@tidegate/mongo';
import { Clock, ServiceEnv } from '@tidegate/service';
import { merchantNotFound, requireActive, storeNotFound, type Merchant } from '../../../domain/merchant';
import { requireMerchantAccess, requireStaffOf } from '../../../merchant-access';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { attributionKey, sealAttribution, type Attribution } from '../../domain/attribution-token';
import {
  APP_PLACE,
  planNotFound,
  requireOutletInPlan,
  requireRunning,
  requireStoreInPlan,
  type TrafficPlan,
} from '../../domain/traffic-plan';
import { TrafficPlanRepository } from '../../repositories/traffic-plan.repository';
import { requireCustomer } from '../../traffic-access';
import type { IssueAttributionTokenInput } from './issue-attribution-token.request';

type Ends = Pick<Attribution, 'sourceId' | 'placeId' | 'customerId' | 'useLimit'>;

/** Seals who leads a customer where; nothing is stored until the customer comes. */
@Injectable()
export class IssueAttributionTokenUseCase {
  private readonly key: Buffer;

  constructor(
    private readonly plans: TrafficPlanRepository,
    private readonly merchants: MerchantRepository,
    private readonly clock: Clock,
    env: ServiceEnv,
  ) {
    this.key = attributionKey(env.keys.codeSigning);
  }

  /**
   * @throws PLAN_NOT_FOUND, PLAN_NOT_RUNNING, PLACE_NOT_IN_PLAN, STORE_NOT_FOUND, MERCHANT_NOT_ACTIVE, MERCHANT_SUSPENDED,
   * MERCHANT_OUT_OF_SCOPE, ORG_OUT_OF_SCOPE, STAFF_ONLY, CUSTOMER_ONLY, NOT_YOURS, VALIDATION_FAILED
   */
  async execute(input: IssueAttributionTokenInput, actor: Actor): Promise<{ token: string; expiresAt: Date }> {
    const plan = await this.plans.find(input.planId);
    if (!plan) throw planNotFound();
    const now = this.clock.now();
    requireRunning(plan, now);
    const ends = await this.endsOf(plan, input, actor);
    const end = Math.min(now.getTime() + plan.tokenLifeSeconds * 1_000, plan.endsAt.getTime());
    const expiresAt = new Date(Math.floor(end / 1_000) * 1_000);
    const { planId, direction } = plan;
    return { token: sealAttribution({ tokenId: newId(), planId, direction, ...ends, expiresAt }, this.key), expiresAt };
  }

  private async endsOf(plan: TrafficPlan, input: IssueAttributionTokenInput, actor: Actor): Promise<Ends> {
    const { storeId, outletPath, customerId } = input;
    const useLimit = plan.tokenUseLimit;
    if (plan.direction === 'outlet_to_app') {
      requireStaffOf(actor, outletPath);
      requireOutletInPlan(plan, outletPath);
      return { sourceId: outletPath, placeId: APP_PLACE, customerId: '', useLimit };
    }
    const merchant = await this.findMerchantOf(storeId);
    requireStoreInPlan(plan, storeId, merchant.orgPath);
    if (plan.direction === 'store_to_outlet') {
      requireMerchantAccess(actor, merchant);
      if (outletPath !== '') requireOutletInPlan(plan, outletPath);
      return { sourceId: storeId, placeId: outletPath, customerId: '', useLimit };
    }
    if (customerId === '') throw invalid([{ field: 'customerId', description: 'whose token it is' }]);
    requireCustomer(actor, customerId);
    return { sourceId: APP_PLACE, placeId: storeId, customerId, useLimit: 1 };
  }

  private async findMerchantOf(storeId: string): Promise<Merchant> {
    const store = await this.merchants.findStore(storeId);
    if (!store) throw storeNotFound();
    const merchant = await this.merchants.findMerchant(store.merchantId);
    if (!merchant) throw merchantNotFound();
    requireActive(merchant);
    return merchant;
  }
}
