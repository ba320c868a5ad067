import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { merchantNotFound } from '../../domain/merchant';
import type { MerchantChange } from '../../domain/onboarding';
import type { MerchantPageInput } from '../../merchant-page.request';
import { requireMerchantAccess } from '../../merchant-access';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../page.request';
import { MerchantChangeRepository } from '../../repositories/merchant-change.repository';
import { MerchantRepository } from '../../repositories/merchant.repository';

/** Who changed a merchant, newest first. */
@Injectable()
export class ListMerchantChangesUseCase {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly changes: MerchantChangeRepository,
  ) {}

  /** @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(input: MerchantPageInput, actor: Actor): Promise<{ changes: MerchantChange[]; nextPageToken: string }> {
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [before] = decodePageToken(input.pageToken) ?? [];
    const changes = await this.changes.list(input.merchantId, limit, before);
    const last = changes.length === limit ? changes.at(-1) : undefined;
    return { changes, nextPageToken: last ? encodePageToken([last.changeId]) : '' };
  }
}
