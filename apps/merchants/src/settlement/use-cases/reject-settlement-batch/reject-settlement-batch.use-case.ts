import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { moveBatch, type SettlementBatch } from '../../domain/batch';
import { BatchRepository } from '../../repositories/batch.repository';
import { StatementLineRepository } from '../../repositories/statement-line.repository';
import { batchNotFound } from '../../settlement.errors';
import type { RejectSettlementBatchInput } from './reject-settlement-batch.request';

/** Rejects a prepared batch; its lines wait for the next one. */
@Injectable()
export class RejectSettlementBatchUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly batches: BatchRepository,
    private readonly lines: StatementLineRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws BATCH_NOT_FOUND, BATCH_MOVE_NOT_ALLOWED, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: RejectSettlementBatchInput): Promise<SettlementBatch> {
    return this.mongo.once({ scope: 'reject-settlement-batch', requestId, input }, async (tx) => {
      const batch = await this.batches.find(input.batchId, tx);
      if (!batch) throw batchNotFound();
      if (batch.state === 'released' || batch.state === 'paid') {
        throw refused('BATCH_MOVE_NOT_ALLOWED', 'The batch is released: record what came of its payment.');
      }
      const rejected = moveBatch(batch, 'rejected', { rejectReason: input.reason, closedAt: this.clock.now() });
      await this.batches.saveMany([rejected], tx);
      await this.lines.releaseFrom([batch.batchId], tx);
      return rejected;
    });
  }
}
