import { DomainError } from '@tidegate/errors';
import type { ShareAmount } from './share-amount';

/**
 * redemption: owed; reversal: taken back; adjustment: corrected by hand; returned_payment: an earlier pay-out that came back and is
 * owed again.
 */
export type ItemKind = 'redemption' | 'reversal' | 'adjustment' | 'returned_payment';

/** Something to settle with a merchant. It is in at most one batch that was not rejected before its release. */
export interface SettlementItem {
  /** The redemption's id, or `reversal.<id>`, `adjustment.<id>`, `returned.<batch id>`. */
  itemId: string;
  kind: ItemKind;
  /** The redemption, also of a reversal; else empty. */
  redemptionId: string;
  merchantId: string;
  storeId: string;
  clerkId: string;
  /** Negative when it is taken off. */
  amountMinor: number;
  currency: string;
  /** Adds up to the amount; none for a returned payment, which was borne before. */
  shares: ShareAmount[];
  occurredAt: Date;
  /** Who made it, when a person did: he may not release it. */
  makerId: string;
  note: string;
}

/** An item in its batch; an empty batch id means that it waits for one. */
export interface StatementLine extends SettlementItem {
  batchId: string;
}

/** What `reversal.<id>` and the like are ids of. */
export const itemIdOf = {
  reversal: (reversalId: string): string => `reversal.${reversalId}`,
  adjustment: (adjustmentId: string): string => `adjustment.${adjustmentId}`,
  subsidy: (eventId: string): string => `subsidy.${eventId}`,
  returnedPayment: (batchId: string): string => `returned.${batchId}`,
} as const;

/** Whether the shares add up to the amount; nothing is settled from a broken source. */
export function isBalanced({ kind, shares, amountMinor }: SettlementItem): boolean {
  if (kind === 'returned_payment') return true;
  return shares.reduce((sum, share) => sum + share.amountMinor, 0) === amountMinor;
}

/** @throws REDEMPTION_UNBALANCED when the shares do not add up */
export function requireBalanced(item: SettlementItem): void {
  if (isBalanced(item)) return;
  throw new DomainError({
    code: 'FAILED_PRECONDITION',
    reason: 'REDEMPTION_UNBALANCED',
    message: `The shares of ${item.itemId} do not add up.`,
  });
}
