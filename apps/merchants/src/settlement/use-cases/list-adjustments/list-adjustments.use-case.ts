import { Injectable } from '@nestjs/common';
import { decodeTimeToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../../page.request';
import type { Adjustment } from '../../domain/adjustment';
import { merchantFilter } from '../../merchant-filter';
import { AdjustmentRepository } from '../../repositories/adjustment.repository';
import type { ListOfMerchantInput } from '../../list-of-merchant.request';

/** Adjustments, newest first. */
@Injectable()
export class ListAdjustmentsUseCase {
  constructor(private readonly adjustments: AdjustmentRepository) {}

  /** @throws MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    input: ListOfMerchantInput,
    actor: Actor,
  ): Promise<{ adjustments: Adjustment[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const token = decodeTimeToken(input.pageToken);
    const after = token && { createdAt: token.at, id: token.id };
    const adjustments = await this.adjustments.list(merchantFilter(input.merchantId, actor), limit, after);
    const last = adjustments.length === limit ? adjustments.at(-1) : undefined;
    const nextPageToken = last ? encodePageToken([last.createdAt.toISOString(), last.adjustmentId]) : '';
    return { adjustments, nextPageToken };
  }
}
