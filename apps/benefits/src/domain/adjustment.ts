import { DomainError, invalid } from '@tidegate/errors';
import { account, adjustmentTransactionId, balanced, credit, debit, type LedgerTransaction } from './ledger';
import type { Funder } from './stock';

/**
 * adjustment: borne by a funder. returned_payment: a pay-out that came back is owed again. subsidy: earned by traffic, given by an
 * organisation of the bank. feedback: the other way round, given to that organisation by the merchant.
 */
export const ADJUSTMENT_KINDS = ['adjustment', 'returned_payment', 'subsidy', 'feedback'] as const;
export type AdjustmentKind = (typeof ADJUSTMENT_KINDS)[number];

export interface Adjustment {
  adjustmentId: string;
  merchantId: string;
  /** Positive: the merchant is owed more. */
  amountMinor: number;
  currency: string;
  kind: AdjustmentKind;
  /** Who bears it; empty for a returned payment. */
  funder: Funder | '';
  partyId: string;
}

/**
 * Corrects what is owed to a merchant 调整.
 * @throws VALIDATION_FAILED when it names nobody who bears it, a subsidy or feedback another than the bank, or a returned payment takes away
 */
export function adjust(adjustment: Adjustment, now: Date): LedgerTransaction {
  const { adjustmentId, merchantId, amountMinor, currency } = adjustment;
  const [owed, other] = [account.payable(merchantId), counterAccount(adjustment)];
  const size = Math.abs(amountMinor);
  return balanced({
    transactionId: adjustmentTransactionId(adjustmentId),
    kind: 'adjustment',
    reference: adjustmentId,
    postings:
      amountMinor > 0
        ? [debit(other, size, currency), credit(owed, size, currency)]
        : [debit(owed, size, currency), credit(other, size, currency)],
    postedAt: now,
  });
}

/** @throws ADJUSTMENT_EXISTS when the id stands for other postings */
export function requireSamePostings(existing: LedgerTransaction, wanted: LedgerTransaction): void {
  if (JSON.stringify(existing.postings.map(asRow)) === JSON.stringify(wanted.postings.map(asRow))) return;
  throw new DomainError({
    code: 'ALREADY_EXISTS',
    reason: 'ADJUSTMENT_EXISTS',
    message: 'This adjustment id was used with other content.',
  });
}

const asRow = ({ account: name, side, amountMinor, currency }: LedgerTransaction['postings'][number]) => [
  name,
  side,
  amountMinor,
  currency,
];

function counterAccount({ kind, funder, partyId, merchantId, amountMinor }: Adjustment): string {
  if (kind === 'returned_payment') {
    if (amountMinor < 0) throw invalid([{ field: 'amountMinor', description: 'a returned payment is positive' }]);
    return account.paidOut(merchantId);
  }
  if (!funder || !partyId) throw invalid([{ field: 'funder', description: 'and partyId: who bears the adjustment' }]);
  if (kind === 'adjustment') return account.cost(funder, partyId);
  if (funder !== 'bank') throw invalid([{ field: 'funder', description: 'a subsidy, or feedback, is the bank’s' }]);
  return kind === 'subsidy' ? account.subsidy(partyId) : account.feedback(partyId);
}
