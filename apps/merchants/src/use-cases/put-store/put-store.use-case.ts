import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, newId, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { merchantNotFound, placeStore, type Merchant, type Store } from '../../domain/merchant';
import { requireMerchantAccess } from '../../merchant-access';
import { CircleRepository } from '../../productivity/repositories/circle.repository';
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
    private readonly circles: CircleRepository,
  ) {}

  /**
   * @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, ORG_UNIT_NOT_FOUND, OUTLET_NOT_OF_MERCHANT, CIRCLE_NOT_FOUND,
   * STORE_OF_OTHER_MERCHANT, REQUEST_ID_REUSED
   */
  async execute({ requestId, store: input }: PutStoreInput, actor: Actor): Promise<Store> {
    const { merchantId, outletPath, circleId } = input;
    await this.getMerchant(merchantId, actor);
    // Merchants choose their ids.
    return this.mongo.once({ scope: `put-store|${merchantId}`, requestId, input }, async (tx) => {
      const merchant = await this.getMerchant(merchantId, actor, tx);
      const storeId = input.storeId || newId();
      if (outletPath !== '') {
        // The merchant may be about to change his organisation.
        await this.merchants.lockMerchant(merchantId, tx);
        if (!(await this.units.exists(outletPath, tx))) {
          throw notFound('ORG_UNIT_NOT_FOUND', 'There is no such organisation unit.');
        }
      }
      if (circleId !== '' && !(await this.circles.findMany([circleId], tx)).has(circleId)) {
        throw notFound('CIRCLE_NOT_FOUND', 'There is no such circle.');
      }
      const store = placeStore({ ...input, storeId }, await this.merchants.findStore(storeId, tx), merchant);
      await this.merchants.saveStore(store, tx);
      return store;
    });
  }

  private async getMerchant(merchantId: string, actor: Actor, tx?: Transaction): Promise<Merchant> {
    const merchant = await this.merchants.findMerchant(merchantId, tx);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    return merchant;
  }
}
