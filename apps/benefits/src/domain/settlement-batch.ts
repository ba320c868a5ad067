import { refused } from '@tidegate/errors';
import { account, balanced, credit, debit, type LedgerTransaction } from './ledger';

/** What one merchant is paid for in one currency. */
export interface Settlement {
  batchId: string;
  merchantId: string;
  amountMinor: number;
  currency: string;
  /** Redemptions by id, others as `reversal.<id>` and `adjustment.<id>`. */
  itemIds: string[];
}

export const settlementTransactionId = (batchId: string): string => `settlement-${batchId}`;

/** Settlements of one group commit: each item is paid once, each batch posted once. */
export class SettlementBatch {
  readonly done: { settlement: Settlement; transaction: LedgerTransaction }[] = [];

  constructor(
    /** Ids of the transactions that were posted. */
    private readonly posted: Set<string>,
    /** Which batch an item was settled with. */
    private readonly settledWith: Map<string, string>,
    private readonly now: Date,
  ) {}

  /** Moves a batch from payable to paid out; one that was posted stays as it is. @throws REDEMPTION_IN_OTHER_BATCH */
  post(settlement: Settlement): { transactionId: string } {
    const { batchId, merchantId, amountMinor, currency, itemIds } = settlement;
    const transactionId = settlementTransactionId(batchId);
    if (this.posted.has(transactionId)) return { transactionId };
    const id = itemIds.find((itemId) => this.settledWith.has(itemId));
    if (id !== undefined) {
      throw refused('REDEMPTION_IN_OTHER_BATCH', 'Part of the batch was settled with another one.', {
        id,
        batchId: this.settledWith.get(id)!,
      });
    }
    const postings = [
      debit(account.payable(merchantId), amountMinor, currency),
      credit(account.paidOut(merchantId), amountMinor, currency),
    ];
    const about = { transactionId, kind: 'settlement', reference: batchId, postedAt: this.now } as const;
    this.done.push({ settlement, transaction: balanced({ ...about, postings }) });
    this.posted.add(transactionId);
    for (const itemId of itemIds) this.settledWith.set(itemId, batchId);
    return { transactionId };
  }
}
