import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import { balanceOf, LedgerTotals, plus, type AccountBalance } from '../../ledger/domain/totals';
import { isHouseAccount } from '../../ledger/domain/chart';
import { CheckpointRepository } from '../../ledger/repositories/checkpoint.repository';
import { isOfAccount, LedgerRepository, type PostingRow } from '../../repositories/ledger.repository';

/** Reads the ledger: sums, now or at a past time, and pages of postings. A sum is a checkpoint and what was posted since. */
@Injectable()
export class QueryLedgerUseCase {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly checkpoints: CheckpointRepository,
  ) {}

  async trialBalance(
    at?: Date,
  ): Promise<{ accounts: AccountBalance[]; trialBalanceMinor: number; postingCount: number }> {
    const to = after(at);
    const base = await this.checkpoints.findLast(to);
    const sums = LedgerTotals.from(base);
    for await (const postings of this.ledger.streamPostings({ from: base?.upTo, to })) sums.add(postings);
    const totals = sums.byClass();
    const trialBalanceMinor = totals.reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0);
    return { accounts: totals.map(balanceOf), trialBalanceMinor, postingCount: sums.postingCount };
  }

  /** @throws VALIDATION_FAILED */
  async accountBalance(account: string, currency: string, at?: Date): Promise<AccountBalance> {
    if (!/^[a-z_]+:.+$/.test(account)) throw invalid([{ field: 'account', description: 'must be <class>:<id>' }]);
    const to = after(at);
    const base = isHouseAccount(account) ? await this.checkpoints.findAccount({ account, currency }, to) : undefined;
    return balanceOf(plus(await this.ledger.sumAccount(account, currency, { from: base?.upTo, to }), base));
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
    const [postedAt, key, index = ''] = decodePageToken(input.pageToken) ?? [];
    // A token of an earlier version has no place: it shows whole documents.
    const shown =
      postedAt && key ? { postedAt: new Date(postedAt), key, index: index ? Number(index) : Infinity } : undefined;
    const { transactions, last } = await this.ledger.list(input, limit, shown);
    return {
      postings: transactions.flatMap(({ postings, ...rest }) =>
        postings.filter((posting) => isOfAccount(posting, input.account)).map((posting) => ({ ...posting, ...rest })),
      ),
      nextPageToken: last ? encodePageToken([last.postedAt.toISOString(), last.key, String(last.index)]) : '',
    };
  }
}

/** The first moment after a time, which is itself in a sum. */
const after = (at: Date | undefined): Date | undefined => at && new Date(at.getTime() + 1);
