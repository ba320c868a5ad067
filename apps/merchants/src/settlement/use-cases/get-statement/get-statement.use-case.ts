import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../../page.request';
import { readableBatch } from '../../batch-access';
import type { SettlementBatch } from '../../domain/batch';
import type { StatementLine } from '../../domain/settlement-item';
import { BatchRepository } from '../../repositories/batch.repository';
import { StatementLineRepository } from '../../repositories/statement-line.repository';
import type { GetStatementInput } from './get-statement.request';

/** A batch with its lines 对账单, paged by item id. */
@Injectable()
export class GetStatementUseCase {
  constructor(
    private readonly batches: BatchRepository,
    private readonly lines: StatementLineRepository,
  ) {}

  /** @throws BATCH_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    input: GetStatementInput,
    actor: Actor,
  ): Promise<{ batch: SettlementBatch; lines: StatementLine[]; nextPageToken: string }> {
    const batch = readableBatch(await this.batches.find(input.batchId), actor);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const lines = await this.lines.listOfBatch(batch.batchId, limit, after);
    const last = lines.length === limit ? lines.at(-1) : undefined;
    return { batch, lines, nextPageToken: last ? encodePageToken([last.itemId]) : '' };
  }
}
