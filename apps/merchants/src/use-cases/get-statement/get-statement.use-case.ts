import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { SettlementBatch, StatementLine } from '../../domain/settlement';
import { requireMerchantAccess } from '../../merchant-access';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../page.request';
import { SettlementRepository } from '../../repositories/settlement.repository';
import type { GetStatementInput } from './get-statement.request';

/** A batch with its lines 对账单, paged by redemption id. */
@Injectable()
export class GetStatementUseCase {
  constructor(private readonly settlements: SettlementRepository) {}

  /** @throws BATCH_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    input: GetStatementInput,
    actor: Actor,
  ): Promise<{ batch: SettlementBatch; lines: StatementLine[]; nextPageToken: string }> {
    const batch = await this.settlements.findBatch(input.batchId);
    if (!batch) throw notFound('BATCH_NOT_FOUND', 'There is no such settlement batch.');
    requireMerchantAccess(actor, batch);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const lines = await this.settlements.listLines(batch.batchId, limit, after);
    const last = lines.length === limit ? lines.at(-1) : undefined;
    return { batch, lines, nextPageToken: last ? encodePageToken([last.redemptionId]) : '' };
  }
}
