import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { returnedPayment } from '../../domain/adjustment';
import { moveBatch, type SettlementBatch } from '../../domain/batch';
import { AdjustmentPoster } from '../../posting/adjustment-poster';
import { AdjustmentRepository } from '../../repositories/adjustment.repository';
import { BatchRepository } from '../../repositories/batch.repository';
import { batchNotFound } from '../../settlement.errors';
import type { RecordPaymentInput } from './record-payment.request';

/** What came of a released batch's payment: paid, or returned, also after it was recorded as paid, and then owed again with the next batch. */
@Injectable()
export class RecordPaymentUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly batches: BatchRepository,
    private readonly adjustments: AdjustmentRepository,
    private readonly poster: AdjustmentPoster,
    private readonly clock: Clock,
  ) {}

  /** @throws BATCH_NOT_FOUND, BATCH_MOVE_NOT_ALLOWED, BATCH_NOT_POSTED, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: RecordPaymentInput, actor: Actor): Promise<SettlementBatch> {
    const closed = await this.mongo.once({ scope: 'record-payment', requestId, input }, async (tx) => {
      const batch = await this.batches.find(input.batchId, tx);
      if (!batch) throw batchNotFound();
      if (batch.state === 'prepared') {
        throw refused('BATCH_MOVE_NOT_ALLOWED', 'The batch is not released: reject it instead.');
      }
      if (batch.state === 'released' && batch.transactionId === '') {
        throw refused('BATCH_NOT_POSTED', 'The ledger has not taken the batch yet.');
      }
      const now = this.clock.now();
      const next = input.isPaid
        ? moveBatch(batch, 'paid', { closedAt: now })
        : moveBatch(batch, 'rejected', { closedAt: now, rejectReason: input.reason });
      await this.batches.saveMany([next], tx);
      if (!input.isPaid) await this.adjustments.save(returnedPayment(batch, input.reason, actor.id, now), tx);
      return next;
    });
    if (!input.isPaid) await this.poster.finish(closed.batchId);
    return closed;
  }
}
