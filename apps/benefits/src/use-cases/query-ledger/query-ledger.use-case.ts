import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { decodePageToken, encodePageToken, pageSize, pageTokenInvalid, tokenNumber, tokenTime } from '@tidegate/mongo';
import { balanceOf, LedgerTotals, plus, type AccountBalance } from '../../ledger/domain/totals';
import { isHouseAccount } from '../../ledger/domain/chart';
import { CheckpointRepository } from '../../ledger/repositories/checkpoint.repository';
import { isOfAccount, LedgerRepository, type LedgerPlace, type PostingRow } from '../../repositories/ledger.repository';

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
    const { transactions, last } = await this.ledger.list(input, limit, placeOf(input.pageToken));
    return {
      postings: transactions.flatMap(({ postings, ...rest }) =>
        postings.filter((posting) => isOfAccount(posting, input.account)).map((posting) => ({ ...posting, ...rest })),
      ),
      nextPageToken: last ? encodePageToken([last.postedAt.toISOString(), last.key, String(last.index)]) : '',
    };
  }
}

/** Where a page begins. @throws PAGE_TOKEN_INVALID */
function placeOf(pageToken: string): LedgerPlace | undefined {
  const keys = decodePageToken(pageToken);
  if (keys === undefined) return undefined;
  const [postedAt, key, index] = keys;
  if (!key) throw pageTokenInvalid();
  // A token of an earlier version has no place: it shows whole documents.
  return { postedAt: tokenTime(postedAt), key, index: index === undefined ? Infinity : tokenNumber(index) };
}

/** The first moment after a time, which is itself in a sum. */
const after = (at: Date | undefined): Date | undefined => at && new Date(at.getTime() + 1);
