import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Posting } from '../../domain/ledger';
import { LedgerRepository, type AccountTotal, type PostingRow } from '../../repositories/ledger.repository';

/** Reads the ledger: sums and pages of postings. */
@Injectable()
export class QueryLedgerUseCase {
  constructor(private readonly ledger: LedgerRepository) {}

  async trialBalance(
    at?: Date,
  ): Promise<{ accounts: AccountTotal[]; trialBalanceMinor: number; postingCount: number }> {
    const { totals, postingCount } = await this.ledger.sumByClass(at);
    const trialBalanceMinor = totals.reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0);
    return { accounts: totals, trialBalanceMinor, postingCount };
  }

  /** @throws VALIDATION_FAILED */
  async accountBalance(account: string, currency: string, at?: Date): Promise<AccountTotal> {
    if (!/^[a-z_]+:.+$/.test(account)) throw invalid([{ field: 'account', description: 'must be <class>:<id>' }]);
    return this.ledger.sumAccount(account, currency, at);
  }

  /**
   * Postings of one account, or of a class of accounts (`<class>:`), of as many transactions as the page holds.
   * @throws VALIDATION_FAILED, PAGE_TOKEN_INVALID
   */
  async listPostings(input: {
    account: string;
    from?: Date;
    to?: Date;
    pageSize: number;
    pageToken: string;
  }): Promise<{ postings: PostingRow[]; nextPageToken: string }> {
    if (!/^[a-z_]+:.*$/.test(input.account)) {
      throw invalid([{ field: 'account', description: 'must be <class>:<id>, or <class>: for all of a class' }]);
    }
    const limit = pageSize(input.pageSize, { max: 1_000, fallback: 200 });
    const [postedAt, transactionId] = decodePageToken(input.pageToken) ?? [];
    const after = postedAt && transactionId ? { postedAt: new Date(postedAt), transactionId } : undefined;
    const transactions = await this.ledger.list(input, limit, after);
    const last = transactions.length === limit ? transactions.at(-1) : undefined;
    return {
      postings: transactions.flatMap(({ postings, ...rest }) =>
        postings.filter((posting) => matches(posting, input.account)).map((posting) => ({ ...posting, ...rest })),
      ),
      nextPageToken: last ? encodePageToken([last.postedAt.toISOString(), last.transactionId]) : '',
    };
  }
}

const matches = (posting: Posting, account: string): boolean =>
  account.endsWith(':') ? posting.account.startsWith(account) : posting.account === account;
