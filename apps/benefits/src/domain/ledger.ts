import { DomainError } from '@tidegate/errors';

/** What a ledger transaction was for. */
export type LedgerKind =
  | 'claim'
  | 'hold'
  | 'release'
  | 'gift'
  | 'transfer'
  | 'redemption'
  | 'reversal'
  | 'void'
  | 'expiry'
  | 'settlement'
  | 'adjustment'
  | 'exchange'
  | `points_${'earn' | 'spend' | 'return' | 'expiry'}`;

export type Side = 'debit' | 'credit';

/** One line of a ledger transaction: `amountMinor` is positive, the side gives its direction. */
export interface Posting {
  /** `<class>:<id>`, see docs/ledger.md of the benefits service. */
  account: string;
  side: Side;
  amountMinor: number;
  currency: string;
}

/** Balanced and immutable: debits equal credits per currency. */
export interface LedgerTransaction {
  transactionId: string;
  kind: LedgerKind;
  /** The instance, redemption or settlement batch it belongs to. */
  reference: string;
  postings: Posting[];
  postedAt: Date;
}

/**
 * Accounts by class. Debit-normal: funder (promises out), cost_*. Credit-normal: customer, held, on_way, payable, paid_out.
 * What a customer may spend now is `customer`; what tills and gifts have set aside is not in it.
 */
export const account = {
  /** The funder's promise: debited when an instance is claimed, credited when it expires or its cost is known. */
  funder: (orgPath: string): string => `funder:${orgPath}`,
  /** What the bank owes a customer in benefits. */
  customer: (customerId: string): string => `customer:${customerId}`,
  /** Value of a customer set aside at tills. */
  held: (customerId: string): string => `held:${customerId}`,
  /** Value of a customer in gifts nobody has taken yet. */
  onWay: (customerId: string): string => `on_way:${customerId}`,
  /** What is owed to a merchant for redemptions not yet settled. */
  payable: (merchantId: string): string => `payable:${merchantId}`,
  /** What was paid out to a merchant. */
  paidOut: (merchantId: string): string => `paid_out:${merchantId}`,
  /** Redeemed cost borne by a party of the cost split. */
  cost: (funder: string, partyId: string): string => `cost_${funder}:${partyId}`,
} as const;

/** Moves an amount from one account to another as one balanced transaction. */
export const moveValue = (
  { transactionId, kind, reference, postedAt }: Omit<LedgerTransaction, 'postings'>,
  { from, to, amountMinor, currency }: { from: string; to: string; amountMinor: number; currency: string },
): LedgerTransaction =>
  balanced({
    transactionId,
    kind,
    reference,
    postings: [debit(from, amountMinor, currency), credit(to, amountMinor, currency)],
    postedAt,
  });

/** The ledger transaction of an adjustment. */
export const adjustmentTransactionId = (adjustmentId: string): string => `adjustment-${adjustmentId}`;

/** How much more a transaction makes a merchant be owed; negative for less. */
export function owedMinor({ postings }: LedgerTransaction, merchantId: string, currency: string): number {
  return postings
    .filter((posting) => posting.account === account.payable(merchantId) && posting.currency === currency)
    .reduce((sum, { side, amountMinor }) => sum + (side === 'credit' ? amountMinor : -amountMinor), 0);
}

/**
 * Checks what every ledger transaction must be.
 * @throws LEDGER_UNBALANCED, LEDGER_AMOUNT_INVALID (defects of ours, never of the caller)
 */
export function balanced(transaction: LedgerTransaction): LedgerTransaction {
  const sums = new Map<string, number>();
  for (const { amountMinor, side, currency } of transaction.postings) {
    if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) throw defect('LEDGER_AMOUNT_INVALID', transaction);
    sums.set(currency, (sums.get(currency) ?? 0) + (side === 'debit' ? amountMinor : -amountMinor));
  }
  const isBalanced = transaction.postings.length >= 2 && [...sums.values()].every((sum) => sum === 0);
  if (!isBalanced) throw defect('LEDGER_UNBALANCED', transaction);
  return transaction;
}

const defect = (reason: string, { transactionId }: LedgerTransaction): DomainError =>
  new DomainError({ code: 'INTERNAL', reason, message: 'A ledger transaction is wrong.', metadata: { transactionId } });

export const debit = (name: string, amountMinor: number, currency: string): Posting => ({
  account: name,
  side: 'debit',
  amountMinor,
  currency,
});

export const credit = (name: string, amountMinor: number, currency: string): Posting => ({
  account: name,
  side: 'credit',
  amountMinor,
  currency,
});
