import { Injectable } from '@nestjs/common';
import { MerchantChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import { notFound } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { event, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { newId } from '@tidegate/service';
import type { Merchant } from '../../domain/merchant';
import { MerchantRepository } from '../../repositories/merchant.repository';
import { OrgUnitRepository } from '../../repositories/org-unit.repository';
import type { PutMerchantInput } from './put-merchant.request';

/** Creates or replaces a merchant. */
@Injectable()
export class PutMerchantUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly merchants: MerchantRepository,
    private readonly units: OrgUnitRepository,
  ) {}

  /** @throws ORG_OUT_OF_SCOPE (of the old or the new organisation), ORG_UNIT_NOT_FOUND, REQUEST_ID_REUSED */
  async execute({ requestId, merchant: input }: PutMerchantInput, actor: Actor): Promise<Merchant> {
    requireOrgScope(actor, input.orgPath);
    return this.mongo.once({ scope: 'put-merchant', requestId, input }, async (tx) => {
      const merchant: Merchant = { ...input, merchantId: input.merchantId || newId(), state: input.state || 'active' };
      const existing = await this.merchants.findMerchant(merchant.merchantId, tx);
      if (existing) requireOrgScope(actor, existing.orgPath);
      if (!(await this.units.exists(merchant.orgPath, tx))) {
        throw notFound('ORG_UNIT_NOT_FOUND', 'There is no such organisation unit.');
      }
      await this.merchants.saveMerchant(merchant, tx);
      tx.emit(event(MerchantChanged, merchant.merchantId, { merchant }));
      return merchant;
    });
  }
}
