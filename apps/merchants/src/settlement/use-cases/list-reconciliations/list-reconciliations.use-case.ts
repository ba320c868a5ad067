import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../../page.request';
import type { Reconciliation } from '../../domain/reconciliation';
import { merchantFilter } from '../../merchant-filter';
import { ReconciliationRepository } from '../../repositories/reconciliation.repository';
import type { ListOfMerchantInput } from '../../list-of-merchant.request';

/** Reconciliations, newest first. */
@Injectable()
export class ListReconciliationsUseCase {
  constructor(private readonly reconciliations: ReconciliationRepository) {}

  /** @throws MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    input: ListOfMerchantInput,
    actor: Actor,
  ): Promise<{ reconciliations: Reconciliation[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [before] = decodePageToken(input.pageToken) ?? [];
    const reconciliations = await this.reconciliations.list(merchantFilter(input.merchantId, actor), limit, before);
    const last = reconciliations.length === limit ? reconciliations.at(-1) : undefined;
    return { reconciliations, nextPageToken: last ? encodePageToken([last.reconciliationId]) : '' };
  }
}
