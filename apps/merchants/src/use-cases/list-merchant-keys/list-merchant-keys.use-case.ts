import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { merchantNotFound } from '../../domain/merchant';
import type { MerchantKey } from '../../domain/merchant-key';
import { requireMerchantAccess } from '../../merchant-access';
import type { MerchantPageInput } from '../../merchant-page.request';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../page.request';
import { MerchantKeyRepository } from '../../repositories/merchant-key.repository';
import { MerchantRepository } from '../../repositories/merchant.repository';

/** A merchant's keys by id, revoked and expired ones too. */
@Injectable()
export class ListMerchantKeysUseCase {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly keys: MerchantKeyRepository,
  ) {}

  /** @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(input: MerchantPageInput, actor: Actor): Promise<{ keys: MerchantKey[]; nextPageToken: string }> {
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const keys = await this.keys.list(input.merchantId, limit, after);
    const last = keys.length === limit ? keys.at(-1) : undefined;
    return { keys, nextPageToken: last ? encodePageToken([last.keyId]) : '' };
  }
}
