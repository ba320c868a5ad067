import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { merchantNotFound, type Store } from '../../domain/merchant';
import { requireMerchantAccess } from '../../merchant-access';
import type { MerchantPageInput } from '../../merchant-page.request';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../page.request';
import { MerchantRepository } from '../../repositories/merchant.repository';

/** A merchant's stores by id; customers may look at any merchant's. */
@Injectable()
export class ListStoresUseCase {
  constructor(private readonly merchants: MerchantRepository) {}

  /** @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(input: MerchantPageInput, actor: Actor): Promise<{ stores: Store[]; nextPageToken: string }> {
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw merchantNotFound();
    if (actor.kind !== 'customer') requireMerchantAccess(actor, merchant);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const stores = await this.merchants.listStores(input.merchantId, limit, after);
    const last = stores.length === limit ? stores.at(-1) : undefined;
    return { stores, nextPageToken: last ? encodePageToken([last.storeId]) : '' };
  }
}
