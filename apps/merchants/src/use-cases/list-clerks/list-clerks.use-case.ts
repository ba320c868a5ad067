import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { merchantNotFound, type Clerk } from '../../domain/merchant';
import { requireMerchantAccess } from '../../merchant-access';
import type { MerchantPageInput } from '../../merchant-page.request';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../page.request';
import { MerchantRepository } from '../../repositories/merchant.repository';

/** A merchant's clerks by id. */
@Injectable()
export class ListClerksUseCase {
  constructor(private readonly merchants: MerchantRepository) {}

  /** @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(input: MerchantPageInput, actor: Actor): Promise<{ clerks: Clerk[]; nextPageToken: string }> {
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const clerks = await this.merchants.listClerks(input.merchantId, limit, after);
    const last = clerks.length === limit ? clerks.at(-1) : undefined;
    return { clerks, nextPageToken: last ? encodePageToken([last.clerkId]) : '' };
  }
}
