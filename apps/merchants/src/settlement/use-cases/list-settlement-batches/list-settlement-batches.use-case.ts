import { Injectable } from '@nestjs/common';
import { decodeTimeToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../../page.request';
import type { SettlementBatch } from '../../domain/batch';
import { merchantFilter } from '../../merchant-filter';
import { BatchRepository } from '../../repositories/batch.repository';
import type { ListSettlementBatchesInput } from './list-settlement-batches.request';

/** Batches newest first: a merchant's own, staff's organisation and below. */
@Injectable()
export class ListSettlementBatchesUseCase {
  constructor(private readonly batches: BatchRepository) {}

  /** @throws MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    input: ListSettlementBatchesInput,
    actor: Actor,
  ): Promise<{ batches: SettlementBatch[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const token = decodeTimeToken(input.pageToken);
    const after = token && { createdAt: token.at, batchId: token.id };
    const { businessDate, state = '', payoutId = '' } = input;
    const filter = { ...merchantFilter(input.merchantId, actor), businessDate, state, payoutId };
    const batches = await this.batches.list(filter, limit, after);
    const last = batches.length === limit ? batches.at(-1) : undefined;
    return { batches, nextPageToken: last ? encodePageToken([last.createdAt.toISOString(), last.batchId]) : '' };
  }
}
