import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { storeNotFound, type Store } from '../../domain/merchant';
import { requireMerchantAccess } from '../../merchant-access';
import { MerchantRepository } from '../../repositories/merchant.repository';

/** A store by its id alone: whose it is. */
@Injectable()
export class GetStoreUseCase {
  constructor(private readonly merchants: MerchantRepository) {}

  /** @throws STORE_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE */
  async execute(storeId: string, actor: Actor): Promise<{ store: Store; orgPath: string }> {
    const store = await this.merchants.findStore(storeId);
    const merchant = store && (await this.merchants.findMerchant(store.merchantId));
    if (!store || !merchant) throw storeNotFound();
    requireMerchantAccess(actor, merchant);
    return { store, orgPath: merchant.orgPath };
  }
}
