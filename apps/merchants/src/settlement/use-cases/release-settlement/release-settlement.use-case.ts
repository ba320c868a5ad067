import { Inject, Injectable } from '@nestjs/common';
import { workingDay } from '@tidegate/bank-calendar';
import { Mongo, newId, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { calendarDateOf } from '../../../domain/local-time';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { BANK_TIME } from '../../bank-time';
import type { SettlementBatch } from '../../domain/batch';
import type { BankTime } from '../../domain/business-day';
import { releaseBatch, type Payout } from '../../domain/release';
import { safeSum } from '../../domain/share-amount';
import { PayoutPoster } from '../../posting/payout-poster';
import { BatchRepository } from '../../repositories/batch.repository';
import { PayoutRepository } from '../../repositories/payout.repository';
import { batchNotFound, payoutNotFound } from '../../settlement.errors';
import type { ReleaseSettlementInput } from './release-settlement.request';

/** Releases prepared batches as one pay-out 放款, all or none, and posts each to the ledger. */
@Injectable()
export class ReleaseSettlementUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly batches: BatchRepository,
    private readonly merchants: MerchantRepository,
    private readonly payouts: PayoutRepository,
    private readonly poster: PayoutPoster,
    private readonly clock: Clock,
    @Inject(BANK_TIME) private readonly bank: BankTime,
  ) {}

  /**
   * The pay-out, and its batches as the ledger left them.
   * @throws BATCH_NOT_FOUND, RELEASER_IS_MAKER, BATCH_MOVE_NOT_ALLOWED, MERCHANT_SUSPENDED, MERCHANT_NOT_ACTIVE,
   * SETTLEMENT_ACCOUNT_MISSING, SETTLEMENT_ACCOUNT_INVALID, REQUEST_ID_REUSED
   */
  async execute(
    { requestId, ...input }: ReleaseSettlementInput,
    actor: Actor,
  ): Promise<{ payout: Payout; batches: SettlementBatch[] }> {
    const payoutId = await this.mongo.once({ scope: 'release-settlement', requestId, input }, (tx) =>
      this.release(input.batchIds, actor.id, tx),
    );
    const payout = await this.payouts.find(payoutId);
    if (!payout) throw payoutNotFound();
    await this.poster.post(payout);
    return { payout, batches: await this.batches.findMany(payout.batchIds) };
  }

  private async release(batchIds: string[], releasedBy: string, tx: Transaction): Promise<string> {
    const prepared = await this.batches.findMany(batchIds, tx);
    if (prepared.length !== batchIds.length) throw batchNotFound();
    const merchants = await this.merchants.findMerchants([...new Set(prepared.map((one) => one.merchantId))], tx);
    const now = this.clock.now();
    const payoutId = newId();
    const released = prepared.map((batch) =>
      releaseBatch(batch, merchants.get(batch.merchantId), { payoutId, releasedBy, now }),
    );
    await this.batches.saveMany(released, tx);
    const { timeZone, calendar } = this.bank;
    await this.payouts.add(
      {
        payoutId,
        batchIds,
        amountMinor: released.reduce((sum, { amountMinor }) => safeSum(sum, amountMinor), 0),
        releasedBy,
        releasedAt: now,
        executionDate: workingDay(calendarDateOf(now, timeZone), 'from', calendar),
      },
      tx,
    );
    return payoutId;
  }
}
