import { DomainError } from '@tidegate/errors';
import type { ShareAmount } from './cost-split';
import type { Funder } from './stock';

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
  | `points_${'earn' | 'reversal' | 'spend' | 'return' | 'expiry'}`;

export type Side = 'debit' | 'credit';

/** One line of a ledger transaction: `amountMinor` is positive, the side gives its direction. */
export interface Posting {
  /** `<class>:<id>`, of a class in the chart of accounts. */
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

/** Whichever merchant redeems: no merchant is called so. */
const ANY_MERCHANT = '*';

/**
 * Accounts by class; terms and sides are in the chart of accounts. What a customer may spend now is `customer`; what tills and gifts
 * have set aside is not in it.
 */
export const account = {
  /** What a party of the cost split has promised of its budget, net of what was redeemed or came back unused. */
  budget: (funder: Funder, partyId: string): string => `budget_${funder}:${partyId || ANY_MERCHANT}`,
  /** What came back to a party because a benefit expired: the contra account of its budget. */
  expired: (funder: Funder, partyId: string): string => `expired_${funder}:${partyId || ANY_MERCHANT}`,
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
  /** What was given to customers in codes that an outside provider redeems; he is paid for them outside this ledger. */
  codesShown: (providerId: string): string => `codes_shown:${providerId}`,
  /** What an organisation of the bank gave merchants for visits and redemptions they brought. */
  subsidy: (orgPath: string): string => `subsidy:${orgPath}`,
  /** What merchants gave an organisation of the bank for customers it led to them. */
  feedback: (orgPath: string): string => `feedback_income:${orgPath}`,
  /** Redeemed cost borne by a party of the cost split. */
  cost: (funder: Funder, partyId: string): string => `cost_${funder}:${partyId}`,
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

/** One posting for each party of a split, on the account that is his. */
export const postShares = (
  post: typeof debit,
  shares: ShareAmount[],
  { accountOf, currency }: { accountOf: (funder: Funder, partyId: string) => string; currency: string },
): Posting[] =>
  shares.map(({ funder, partyId, amountMinor }) => post(accountOf(funder, partyId), amountMinor, currency));

/** Gives value back to those who promised it, as one balanced transaction. */
export const returnValue = (
  about: Omit<LedgerTransaction, 'postings'>,
  {
    from,
    promised,
    currency,
    to,
  }: { from: string; promised: ShareAmount[]; currency: string; to: 'budget' | 'expired' },
): LedgerTransaction =>
  balanced({
    ...about,
    postings: [
      debit(from, sumOf(promised), currency),
      ...postShares(credit, promised, { accountOf: account[to], currency }),
    ],
  });

const sumOf = (shares: ShareAmount[]): number => shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

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
