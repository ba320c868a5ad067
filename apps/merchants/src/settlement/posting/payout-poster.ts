import { Inject, Injectable } from '@nestjs/common';
import { SettlementBatchPosted } from '@tidegate/contracts/merchants/v1/merchants_events';
import { event, Mongo } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../benefits-client';
import { ledgerAdjustmentId } from '../domain/adjustment';
import { moveBatch, type SettlementBatch } from '../domain/batch';
import type { Payout } from '../domain/release';
import { itemIdOf } from '../domain/settlement-item';
import { BatchRepository } from '../repositories/batch.repository';
import { PayoutRepository } from '../repositories/payout.repository';
import { StatementLineRepository, type LedgerLine } from '../repositories/statement-line.repository';
import { toBatchMessage } from '../settlement.message';
import { isLedgerRefusal } from './ledger-refusal';

const AT_ONCE = 4;
const DEADLINE_MS = 30_000;

const log = logger('settlement');

/**
 * Posts a pay-out's released batches to the ledger and marks them. The ledger takes a batch once however often it is asked, so a crash
 * between its answer and the mark is made good by asking again.
 */
@Injectable()
export class PayoutPoster {
  constructor(
    private readonly mongo: Mongo,
    private readonly batches: BatchRepository,
    private readonly lines: StatementLineRepository,
    private readonly payouts: PayoutRepository,
    private readonly clock: Clock,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /** Posts what is not posted yet; @throws what is worth another try, such as a ledger that cannot be reached */
  async post(payout: Payout): Promise<void> {
    const batches = await this.batches.findMany(payout.batchIds);
    const waiting = batches.filter(({ state, transactionId }) => state === 'released' && transactionId === '');
    for (let start = 0; start < waiting.length; start += AT_ONCE) {
      await Promise.all(waiting.slice(start, start + AT_ONCE).map((batch) => this.postBatch(batch)));
    }
    await this.payouts.markPosted(payout.payoutId);
  }

  private async postBatch(batch: SettlementBatch): Promise<void> {
    const { batchId, merchantId, amountMinor, currency } = batch;
    const items = itemsOf(await this.lines.listForLedger(batchId));
    try {
      const request = { requestId: `settle-${batchId}`, batchId, merchantId, amountMinor, currency, ...items };
      const { transactionId } = await this.benefits.postSettlement(request, { deadlineMs: DEADLINE_MS });
      await this.markPosted(batchId, transactionId);
    } catch (error) {
      if (!isLedgerRefusal(error)) throw error;
      log.error({ err: error, batchId }, 'the ledger refused a settlement batch');
      await this.reject(batchId, `ledger: ${error.reason}`);
    }
  }

  private async markPosted(batchId: string, transactionId: string): Promise<void> {
    await this.mongo.transaction(async (tx) => {
      const current = await this.batches.find(batchId, tx);
      if (current?.state !== 'released' || current.transactionId !== '') return;
      const posted = { ...current, transactionId };
      await this.batches.saveMany([posted], tx);
      tx.emit(event(SettlementBatchPosted, batchId, { batch: toBatchMessage(posted) }));
    });
  }

  /** Its lines go into the next batch. */
  private async reject(batchId: string, rejectReason: string): Promise<void> {
    await this.mongo.transaction(async (tx) => {
      const current = await this.batches.find(batchId, tx);
      if (current?.state !== 'released' || current.transactionId !== '') return;
      await this.batches.saveMany([moveBatch(current, 'rejected', { rejectReason, closedAt: this.clock.now() })], tx);
      await this.lines.releaseFrom([batchId], tx);
    });
  }
}

/** A batch's lines as the ledger wants them. */
function itemsOf(lines: LedgerLine[]) {
  const of = (...kinds: LedgerLine['kind'][]) => lines.filter(({ kind }) => kinds.includes(kind));
  return {
    redemptionIds: of('redemption').map(({ itemId }) => itemId),
    reversals: of('reversal').map(({ itemId, redemptionId, amountMinor }) => ({
      reversalId: itemId.slice(itemIdOf.reversal('').length),
      redemptionId,
      amountMinor: -amountMinor,
    })),
    adjustmentIds: of('adjustment', 'returned_payment').map(ledgerAdjustmentId),
  };
}
