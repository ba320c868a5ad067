import { Injectable } from '@nestjs/common';
import { SettlementPosted } from '@tidegate/contracts/benefits/v1/benefits_events';
import { refused } from '@tidegate/errors';
import { event, Mongo, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { account, adjustmentTransactionId, balanced, credit, debit, owedMinor } from '../../domain/ledger';
import type { Reversal } from '../../domain/redemption';
import { LedgerRepository } from '../../repositories/ledger.repository';
import { RedemptionRepository } from '../../repositories/redemption.repository';
import { SettledItemRepository } from '../../repositories/settled-item.repository';
import type { PostSettlementInput } from './post-settlement.request';

/** Moves a settled batch from payable to paid out, once: the batch id is the ledger transaction's id. */
@Injectable()
export class PostSettlementUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly ledger: LedgerRepository,
    private readonly redemptions: RedemptionRepository,
    private readonly settled: SettledItemRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws SETTLEMENT_AMOUNT_MISMATCH, REDEMPTION_IN_OTHER_BATCH, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: PostSettlementInput): Promise<{ transactionId: string }> {
    await this.requireAmount(input);
    return this.mongo.once({ scope: 'post-settlement', requestId, input }, async (tx) => {
      const { batchId, merchantId, amountMinor, currency } = input;
      const now = this.clock.now();
      const transactionId = `settlement-${batchId}`;
      const posted = await this.ledger.find(transactionId, tx);
      if (posted) return { transactionId };
      await this.settleItems(input, tx);
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

  /** Redemptions less reversals, with adjustments: what is asked for must be what is owed. */
  private async requireAmount(input: Omit<PostSettlementInput, 'requestId'>): Promise<void> {
    const { merchantId, amountMinor, currency, redemptionIds, reversals, adjustmentIds } = input;
    const redeemed = await this.redemptions.sum([...new Set(redemptionIds)], merchantId, currency);
    const adjustments = await this.ledger.findMany(adjustmentIds.map(adjustmentTransactionId));
    const stored = await this.redemptions.findReversals(reversals.map(({ redemptionId }) => redemptionId));
    const taken = new Map(stored.map((reversal) => [reversal.reversalId, reversal]));
    const reversed = reversals.filter((named) =>
      isSame(taken.get(named.reversalId), { ...named, merchantId, currency }),
    );
    const reversedMinor = reversed.reduce((sum, reversal) => sum + reversal.amountMinor, 0);
    const adjustedMinor = adjustments.reduce((sum, one) => sum + owedMinor(one, merchantId, currency), 0);
    const foundMinor = redeemed.amountMinor - reversedMinor + adjustedMinor;
    const isComplete =
      redeemed.count === redemptionIds.length &&
      adjustments.length === adjustmentIds.length &&
      reversed.length === reversals.length;
    if (isComplete && foundMinor === amountMinor) return;
    throw refused('SETTLEMENT_AMOUNT_MISMATCH', 'The batch does not add up to what it is made of.', {
      countFound: String(redeemed.count),
      amountFoundMinor: String(foundMinor),
    });
  }

  private async settleItems(input: Omit<PostSettlementInput, 'requestId'>, tx: Transaction): Promise<void> {
    const itemIds = [
      ...input.redemptionIds,
      ...input.reversals.map(({ reversalId }) => `reversal.${reversalId}`),
      ...input.adjustmentIds.map((adjustmentId) => `adjustment.${adjustmentId}`),
    ];
    const other = await this.settled.findAny(itemIds, tx);
    if (other) {
      throw refused('REDEMPTION_IN_OTHER_BATCH', 'Part of the batch was settled with another one.', {
        id: other.itemId,
        batchId: other.batchId,
      });
    }
    await this.settled.add(itemIds, input.batchId, tx);
  }
}

/** Whether a batch names a reversal as it was stored. */
const isSame = (
  stored: Reversal | undefined,
  named: Pick<Reversal, 'redemptionId' | 'merchantId' | 'amountMinor' | 'currency'>,
): boolean =>
  stored?.redemptionId === named.redemptionId &&
  stored.merchantId === named.merchantId &&
  stored.amountMinor === named.amountMinor &&
  stored.currency === named.currency;
