import { createHash } from 'node:crypto';
import type { Posting } from '../../domain/ledger';
import { isHouseAccount } from '../../ledger/domain/chart';
import type { OpenValue } from '../../ledger/domain/open-value';

/** One of the passes over the ledger, so that no more of the customers' balances are in memory than one pass has. */
export interface Pass {
  index: number;
  count: number;
}

/** Balances of customers' accounts by the postings, beside what the wallet says of the same accounts. */
export class CustomerBalances {
  private readonly balances = new Map<string, { ledgerMinor: number; storedMinor: number }>();

  constructor(private readonly pass: Pass) {}

  post(postings: Posting[]): void {
    for (const { account, side, amountMinor, currency } of postings) {
      const balance = this.of(account, currency);
      if (balance) balance.ledgerMinor += side === 'credit' ? amountMinor : -amountMinor;
    }
  }

  hold({ account, currency, amountMinor }: OpenValue): void {
    const balance = this.of(account, currency);
    if (balance) balance.storedMinor += amountMinor;
  }

  get accountCount(): number {
    return this.balances.size;
  }

  /** Where the two do not agree, by account and currency. */
  differences(): { account: string; currency: string; ledgerMinor: number; storedMinor: number }[] {
    return [...this.balances]
      .filter(([, { ledgerMinor, storedMinor }]) => ledgerMinor !== storedMinor)
      .map(([key, balance]) => {
        const end = key.lastIndexOf('|');
        return { account: key.slice(0, end), currency: key.slice(end + 1), ...balance };
      });
  }

  private of(account: string, currency: string): { ledgerMinor: number; storedMinor: number } | undefined {
    if (isHouseAccount(account) || !isIn(this.pass, ownerOf(account))) return undefined;
    const key = `${account}|${currency}`;
    let balance = this.balances.get(key);
    if (!balance) this.balances.set(key, (balance = { ledgerMinor: 0, storedMinor: 0 }));
    return balance;
  }
}

/** Whose account it is: what stands after the colon. */
export const ownerOf = (account: string): string => account.slice(account.indexOf(':') + 1);

const isIn = ({ index, count }: Pass, owner: string): boolean =>
  count === 1 || createHash('sha1').update(owner).digest().readUInt32BE(0) % count === index;
