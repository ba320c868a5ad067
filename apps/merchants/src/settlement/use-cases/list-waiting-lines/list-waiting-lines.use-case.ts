import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { merchantNotFound } from '../../../domain/merchant';
import { requireMerchantAccess } from '../../../merchant-access';
import type { MerchantPageInput } from '../../../merchant-page.request';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../../page.request';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import type { StatementLine } from '../../domain/settlement-item';
import { StatementLineRepository } from '../../repositories/statement-line.repository';

/** What of a merchant waits for its next batch, by item id: reversals, adjustments, returned payments, lines of rejected batches. */
@Injectable()
export class ListWaitingLinesUseCase {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly lines: StatementLineRepository,
  ) {}

  /** @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(input: MerchantPageInput, actor: Actor): Promise<{ lines: StatementLine[]; nextPageToken: string }> {
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const lines = await this.lines.listWaitingOf(input.merchantId, limit, after);
    const last = lines.length === limit ? lines.at(-1) : undefined;
    return { lines, nextPageToken: last ? encodePageToken([last.itemId]) : '' };
  }
}
