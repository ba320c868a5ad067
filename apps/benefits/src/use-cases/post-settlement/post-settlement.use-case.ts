import { Injectable } from '@nestjs/common';
import { SettlementPosted } from '@tidegate/contracts/benefits/v1/benefits_events';
import { refused } from '@tidegate/errors';
import { event, Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { account, balanced, credit, debit } from '../../domain/ledger';
import { LedgerRepository } from '../../repositories/ledger.repository';
import { RedemptionRepository } from '../../repositories/redemption.repository';
import type { PostSettlementInput } from './post-settlement.request';

/** Moves a settled batch from payable to paid out, once: the batch id is the ledger transaction's id. */
@Injectable()
export class PostSettlementUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly ledger: LedgerRepository,
    private readonly redemptions: RedemptionRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws SETTLEMENT_AMOUNT_MISMATCH, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: PostSettlementInput): Promise<{ transactionId: string }> {
    const { batchId, merchantId, amountMinor, currency, redemptionIds } = input;
    const found = await this.redemptions.sum([...new Set(redemptionIds)], merchantId, currency);
    if (found.count !== redemptionIds.length || found.amountMinor !== amountMinor) {
      throw refused('SETTLEMENT_AMOUNT_MISMATCH', 'The batch does not add up to its redemptions.', {
        countFound: String(found.count),
        amountFoundMinor: String(found.amountMinor),
      });
    }
    return this.mongo.once({ scope: 'post-settlement', requestId, input }, async (tx) => {
      const now = this.clock.now();
      const transactionId = `settlement-${batchId}`;
      const posted = await this.ledger.find(transactionId, tx);
      if (posted) return { transactionId };
      const transaction = balanced({
        transactionId,
        kind: 'settlement',
        reference: batchId,
        postings: [
          debit(account.payable(merchantId), amountMinor, currency),
          credit(account.paidOut(merchantId), amountMinor, currency),
        ],
        postedAt: now,
      });
      await this.ledger.addMany([transaction], tx);
      tx.emit(event(SettlementPosted, batchId, { batchId, merchantId, amountMinor, currency, postedAt: now }));
      return { transactionId };
    });
  }
}
