import { Inject, Injectable } from '@nestjs/common';
import { SettlementBatchPosted } from '@tidegate/contracts/merchants/v1/merchants_events';
import { isRetryable } from '@tidegate/errors';
import { event, Mongo } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../benefits-client';
import { moveBatch, type SettlementBatch } from '../../domain/settlement';
import { SettlementRepository } from '../../repositories/settlement.repository';
import { toBatchMessage } from '../../settlement.message';

const PAGE_SIZE = 200;
const DEADLINE_MS = 30_000;

const log = logger('settlement');

/**
 * Posts a day's sealed batches to the ledger and marks them. The ledger takes a batch once however often it is asked, so a
 * crash between its answer and the mark is made good by asking again.
 */
@Injectable()
export class BatchPoster {
  constructor(
    private readonly mongo: Mongo,
    private readonly settlements: SettlementRepository,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /** Posts what it can; @throws the first refusal afterwards, or at once when the ledger cannot be reached. */
  async postDay(businessDate: string): Promise<void> {
    let firstRefusal: unknown;
    let after: string | undefined = '';
    while (after !== undefined) {
      const batches: SettlementBatch[] = await this.settlements.listDay(businessDate, PAGE_SIZE, after);
      for (const batch of batches.filter(({ stage }) => stage === 'sealed')) {
        try {
          await this.post(batch);
        } catch (error) {
          if (isRetryable(error)) throw error;
          log.error({ err: error, batchId: batch.batchId }, 'the ledger refused a settlement batch');
          firstRefusal ??= error;
        }
      }
      after = batches.length === PAGE_SIZE ? batches.at(-1)?.batchId : undefined;
    }
    if (firstRefusal) throw firstRefusal;
  }

  private async post(batch: SettlementBatch): Promise<void> {
    const { batchId, merchantId, amountMinor, currency } = batch;
    const redemptionIds = await this.settlements.listRedemptionIds(batchId);
    const { transactionId } = await this.benefits.postSettlement(
      {
        requestId: `settle-${batchId}`,
        batchId,
        merchantId,
        amountMinor,
        currency,
        redemptionIds,
        reversals: [],
        adjustmentIds: [],
      },
      { deadlineMs: DEADLINE_MS },
    );
    await this.mongo.transaction(async (tx) => {
      const current = await this.settlements.findBatch(batchId, tx);
      if (current?.stage !== 'sealed') return;
      const posted = moveBatch(current, 'posted', transactionId);
      await this.settlements.saveBatches([posted], tx);
      tx.emit(event(SettlementBatchPosted, batchId, { batch: toBatchMessage(posted) }));
    });
  }
}
