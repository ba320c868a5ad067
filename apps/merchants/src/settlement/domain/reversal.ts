import { itemIdOf, type SettlementItem } from './settlement-item';
import type { ShareAmount } from './share-amount';

/** A redemption taken back, as the wallet tells it; amounts are positive. */
export interface Reversal {
  reversalId: string;
  redemptionId: string;
  merchantId: string;
  amountMinor: number;
  currency: string;
  shares: ShareAmount[];
  reversedAt: Date;
  /** Where it was taken back, and by whom. */
  storeId: string;
  clerkId: string;
  /** Why. */
  reason: string;
}

/** The reversal as an item of the merchant's next batch: taken off, whoever bore it bears it no longer. */
export function reversalItem(reversal: Reversal): SettlementItem {
  const { reversalId, redemptionId, merchantId, amountMinor, currency, shares, reversedAt, storeId, clerkId, reason } =
    reversal;
  return {
    itemId: itemIdOf.reversal(reversalId),
    kind: 'reversal',
    redemptionId,
    merchantId,
    storeId,
    clerkId,
    amountMinor: -amountMinor,
    currency,
    shares: shares.map((share) => ({ ...share, amountMinor: -share.amountMinor })),
    occurredAt: reversedAt,
    makerId: '',
    note: reason,
  };
}
