import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { SettlementBatch } from '../../domain/settlement';
import { requireMerchantAccess } from '../../merchant-access';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../page.request';
import { SettlementRepository, type BatchFilter } from '../../repositories/settlement.repository';
import type { ListSettlementBatchesInput } from './list-settlement-batches.request';

/** Batches newest first: a merchant's own, staff's organisation and below. */
@Injectable()
export class ListSettlementBatchesUseCase {
  constructor(private readonly settlements: SettlementRepository) {}

  /** @throws MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    input: ListSettlementBatchesInput,
    actor: Actor,
  ): Promise<{ batches: SettlementBatch[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [createdAt, batchId] = decodePageToken(input.pageToken) ?? [];
    const after = createdAt && batchId ? { createdAt: new Date(createdAt), batchId } : undefined;
    const batches = await this.settlements.list(filterFor(input, actor), limit, after);
    const last = batches.length === limit ? batches.at(-1) : undefined;
    return { batches, nextPageToken: last ? encodePageToken([last.createdAt.toISOString(), last.batchId]) : '' };
  }
}

function filterFor({ merchantId, businessDate }: ListSettlementBatchesInput, actor: Actor): BatchFilter {
  if (actor.kind === 'staff') return { merchantId, businessDate, scope: actor.orgPath };
  if (actor.kind === 'service') return { merchantId, businessDate, scope: '' };
  const asked = merchantId || actor.id;
  requireMerchantAccess(actor, { merchantId: asked, orgPath: '' });
  return { merchantId: asked, businessDate, scope: '' };
}
