import { Injectable } from '@nestjs/common';
import { SettlementPosted } from '@tidegate/contracts/benefits/v1/benefits_events';
import { refused } from '@tidegate/errors';
import { event, Mongo, OnceCommitter, type RequestKey, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { adjustmentTransactionId, owedMinor } from '../../domain/ledger';
import type { Reversal } from '../../domain/redemption';
import { SettlementBatch, settlementTransactionId, type Settlement } from '../../domain/settlement-batch';
import { LedgerRepository } from '../../repositories/ledger.repository';
import { RedemptionRepository } from '../../repositories/redemption.repository';
import { SettledItemRepository } from '../../repositories/settled-item.repository';
import type { PostSettlementInput } from './post-settlement.request';

/** A batch may have ten thousand items. */
const BATCH_MAX = 16;

type SettledItems = Pick<PostSettlementInput, 'redemptionIds' | 'reversals' | 'adjustmentIds'>;

interface Command extends Settlement {
  request: RequestKey;
}

/**
 * Moves a settled batch from payable to paid out, once: the batch id is the ledger transaction's id. Concurrent ones are committed as one
 * (ADR 0002).
 */
@Injectable()
export class PostSettlementUseCase {
  private readonly committer: OnceCommitter<Command, { transactionId: string }>;

  constructor(
    mongo: Mongo,
    private readonly ledger: LedgerRepository,
    private readonly redemptions: RedemptionRepository,
    private readonly settled: SettledItemRepository,
    private readonly clock: Clock,
  ) {
    this.committer = new OnceCommitter(mongo, {
      name: 'settlement',
      batchMax: BATCH_MAX,
      keyOf: ({ request }) => request,
      open: (commands, tx) => this.open(commands, tx),
    });
  }

  /** @throws SETTLEMENT_AMOUNT_MISMATCH, REDEMPTION_IN_OTHER_BATCH, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: PostSettlementInput): Promise<{ transactionId: string }> {
    await this.requireAmount(input);
    const { batchId, merchantId, amountMinor, currency } = input;
    const request = { scope: 'post-settlement', requestId, input };
    return this.committer.submit({ request, batchId, merchantId, amountMinor, currency, itemIds: itemIdsOf(input) });
  }

  private async open(commands: Command[], tx: Transaction) {
    const now = this.clock.now();
    const posted = await this.ledger.findMany(
      commands.map(({ batchId }) => settlementTransactionId(batchId)),
      tx,
    );
    const settledWith = await this.settled.findMany([...new Set(commands.flatMap(({ itemIds }) => itemIds))], tx);
    const batch = new SettlementBatch(new Set(posted.map(({ transactionId }) => transactionId)), settledWith, now);
    return { decide: (command: Command) => batch.post(command), save: () => this.save(batch, now, tx) };
  }

  private async save({ done }: SettlementBatch, postedAt: Date, tx: Transaction): Promise<void> {
    await this.settled.addMany(
      done.map(({ settlement }) => settlement),
      tx,
    );
    await this.ledger.addMany(
      done.map(({ transaction }) => transaction),
      tx,
    );
    for (const { settlement } of done) {
      const { batchId, merchantId, amountMinor, currency } = settlement;
      tx.emit(event(SettlementPosted, batchId, { batchId, merchantId, amountMinor, currency, postedAt }));
    }
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
}

const itemIdsOf = ({ redemptionIds, reversals, adjustmentIds }: SettledItems): string[] => [
  ...redemptionIds,
  ...reversals.map(({ reversalId }) => `reversal.${reversalId}`),
  ...adjustmentIds.map((adjustmentId) => `adjustment.${adjustmentId}`),
];

/** Whether a batch names a reversal as it was stored. */
const isSame = (
  stored: Reversal | undefined,
  named: Pick<Reversal, 'redemptionId' | 'merchantId' | 'amountMinor' | 'currency'>,
): boolean =>
  stored?.redemptionId === named.redemptionId &&
  stored.merchantId === named.merchantId &&
  stored.amountMinor === named.amountMinor &&
  stored.currency === named.currency;
