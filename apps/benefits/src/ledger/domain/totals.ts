import type { Posting, Side } from '../../domain/ledger';
import { chartEntry, classOf, isHouseAccount } from './chart';

/** Debits and credits of one account (or class of accounts) in one currency. */
export interface AccountTotal {
  account: string;
  currency: string;
  debitMinor: number;
  creditMinor: number;
}

/** A total as reports show it. */
export interface AccountBalance extends AccountTotal {
  /** The business term of its class; empty for one that the chart does not have. */
  term: string;
  normalSide: Side;
  /** On its normal side. */
  balanceMinor: number;
}

/** The balance that a total comes to, on the side that makes an account of its class grow. */
export function balanceOf(total: AccountTotal): AccountBalance {
  const { term, normalSide } = chartEntry(total.account) ?? { term: '', normalSide: 'debit' as const };
  const netMinor = total.debitMinor - total.creditMinor;
  return { ...total, term, normalSide, balanceMinor: normalSide === 'debit' ? netMinor : 0 - netMinor };
}

/** Sums of postings: every class of accounts, and every account that the bank owns. */
export class LedgerTotals {
  private readonly classes = new Map<string, AccountTotal>();
  private readonly accounts = new Map<string, AccountTotal>();
  postingCount = 0;

  /** Goes on from sums made before. */
  static from(before?: { totals: AccountTotal[]; postingCount: number }): LedgerTotals {
    const sums = new LedgerTotals();
    for (const total of before?.totals ?? []) sums.classes.set(totalKey(total), { ...total });
    sums.postingCount = before?.postingCount ?? 0;
    return sums;
  }

  add(postings: Posting[]): void {
    for (const posting of postings) {
      this.postingCount += 1;
      addTo(this.classes, classOf(posting.account), posting);
      if (isHouseAccount(posting.account)) addTo(this.accounts, posting.account, posting);
    }
  }

  /** Totals by class, in order of names. */
  byClass(): AccountTotal[] {
    return [...this.classes.values()].sort((a, b) => (totalKey(a) < totalKey(b) ? -1 : 1));
  }

  /** Totals of the bank's own accounts among what was added. */
  ofHouseAccounts(): AccountTotal[] {
    return [...this.accounts.values()];
  }
}

/** Names an account in a currency. */
export const totalKey = ({ account, currency }: Pick<AccountTotal, 'account' | 'currency'>): string =>
  `${account}|${currency}`;

/** The sum of two totals of one account. */
export const plus = (one: AccountTotal, other: AccountTotal | undefined): AccountTotal => ({
  ...one,
  debitMinor: one.debitMinor + (other?.debitMinor ?? 0),
  creditMinor: one.creditMinor + (other?.creditMinor ?? 0),
});

function addTo(totals: Map<string, AccountTotal>, account: string, { side, amountMinor, currency }: Posting): void {
  const key = totalKey({ account, currency });
  const total = totals.get(key) ?? { account, currency, debitMinor: 0, creditMinor: 0 };
  if (side === 'debit') total.debitMinor += amountMinor;
  else total.creditMinor += amountMinor;
  totals.set(key, total);
}
