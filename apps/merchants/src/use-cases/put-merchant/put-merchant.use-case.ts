import { Injectable } from '@nestjs/common';
import { MerchantChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import { notFound } from '@tidegate/errors';
import { event, Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireOwnOutlets, type Merchant } from '../../domain/merchant';
import { putMerchant, type MerchantChange } from '../../domain/onboarding';
import { requireStaffOf } from '../../merchant-access';
import { MerchantChangeRepository } from '../../repositories/merchant-change.repository';
import { MerchantRepository } from '../../repositories/merchant.repository';
import { OrgUnitRepository } from '../../repositories/org-unit.repository';
import { requireLeftAlone } from '../../traffic/domain/traffic-plan';
import { TrafficPlanRepository } from '../../traffic/repositories/traffic-plan.repository';
import type { PutMerchantInput } from './put-merchant.request';

/** Writes a draft of a merchant, or changes one; see domain/onboarding for what is reviewed again. */
@Injectable()
export class PutMerchantUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly merchants: MerchantRepository,
    private readonly changes: MerchantChangeRepository,
    private readonly units: OrgUnitRepository,
    private readonly plans: TrafficPlanRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws STAFF_ONLY, ORG_OUT_OF_SCOPE (of the old or the new organisation), ORG_UNIT_NOT_FOUND, MERCHANT_CHANGE_NEEDS_REVIEW,
   * OUTLET_NOT_OF_MERCHANT (of a store that would be left behind), MERCHANT_IN_PLAN, VALIDATION_FAILED (of an account that cannot be paid to),
   * REQUEST_ID_REUSED
   */
  async execute({ requestId, merchant: input }: PutMerchantInput, actor: Actor): Promise<Merchant> {
    requireStaffOf(actor, input.orgPath);
    const { merchantId: givenId, name, orgPath, settlementAccount } = input;
    const terms = { merchantId: givenId, name, orgPath, settlementAccount };
    return this.mongo.once({ scope: 'put-merchant', requestId, input: terms }, async (tx) => {
      const merchantId = givenId || newId();
      const existing = await this.merchants.findMerchant(merchantId, tx);
      if (existing) requireStaffOf(actor, existing.orgPath);
      if (!(await this.units.exists(orgPath, tx))) {
        throw notFound('ORG_UNIT_NOT_FOUND', 'There is no such organisation unit.');
      }
      const merchant = putMerchant({ ...terms, merchantId }, existing, actor.id);
      if (existing && existing.orgPath !== orgPath) {
        const stores = await this.merchants.listOutlets(merchantId, tx);
        requireOwnOutlets(stores, merchant);
        const storeIds = stores.map(({ storeId }) => storeId);
        const now = this.clock.now();
        requireLeftAlone(await this.plans.listNaming(storeIds, now, tx), orgPath, now);
      }
      await this.merchants.saveMerchant(merchant, tx);
      const change: MerchantChange = {
        merchantId,
        move: 'put',
        fromState: existing?.state ?? '',
        toState: merchant.state,
        actorId: actor.id,
        comment: '',
        changedAt: this.clock.now(),
      };
      await this.changes.add(newId(), change, tx);
      tx.emit(event(MerchantChanged, merchantId, { merchant }));
      return merchant;
    });
  }
}
