import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { merchantNotFound, placeStore, type Store } from '../../domain/merchant';
import { requireMerchantAccess } from '../../merchant-access';
import { MerchantRepository } from '../../repositories/merchant.repository';
import { OrgUnitRepository } from '../../repositories/org-unit.repository';
import type { PutStoreInput } from './put-store.request';

/** Creates or replaces a store of a merchant. */
@Injectable()
export class PutStoreUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly merchants: MerchantRepository,
    private readonly units: OrgUnitRepository,
  ) {}

  /**
   * @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, ORG_UNIT_NOT_FOUND, OUTLET_NOT_OF_MERCHANT,
   * STORE_OF_OTHER_MERCHANT, REQUEST_ID_REUSED
   */
  async execute({ requestId, store: input }: PutStoreInput, actor: Actor): Promise<Store> {
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    return this.mongo.once({ scope: 'put-store', requestId, input }, async (tx) => {
      const storeId = input.storeId || newId();
      if (input.outletPath !== '' && !(await this.units.exists(input.outletPath, tx))) {
        throw notFound('ORG_UNIT_NOT_FOUND', 'There is no such organisation unit.');
      }
      const store = placeStore({ ...input, storeId }, await this.merchants.findStore(storeId, tx), merchant);
      await this.merchants.saveStore(store, tx);
      return store;
    });
  }
}
