import type * as rpc from '@tidegate/contracts/benefits/v1/benefits';
import { shown } from '../../http/shown';

export class AccountBalance implements rpc.AccountBalance {
  @shown.text() account!: string;
  @shown.text() currency!: string;
  @shown.whole() debitMinor!: number;
  @shown.whole() creditMinor!: number;
  @shown.text('The business term 会计科目 of its class.') term!: string;
  @shown.text('debit or credit: the side that makes it grow.') normalSide!: string;
  @shown.whole('On its normal side.') balanceMinor!: number;
}

export class GetTrialBalanceResponse implements rpc.GetTrialBalanceResponse {
  @shown.parts(
    () => AccountBalance,
    'One row per account class (the part of the account before the first colon) and currency.',
  )
  accounts!: AccountBalance[];
  @shown.whole('Debits minus credits over all accounts: always zero.') trialBalanceMinor!: number;
  @shown.whole() postingCount!: number;
}

export class GetAccountBalanceResponse implements rpc.GetAccountBalanceResponse {
  @shown.part(() => AccountBalance) balance!: AccountBalance | undefined;
}

/** One line of a ledger transaction. */
export class Posting implements rpc.Posting {
  @shown.text() transactionId!: string;
  @shown.text() account!: string;
  @shown.text('One of: debit, credit.') side!: string;
  @shown.whole() amountMinor!: number;
  @shown.text() currency!: string;
  @shown.text('What it was for: claim, gift, redemption, expiry, settlement, adjustment.') kind!: string;
  @shown.text('The instance, redemption or settlement batch.') reference!: string;
  @shown.time() postedAt!: Date | undefined;
}

export class ListPostingsResponse implements rpc.ListPostingsResponse {
  @shown.parts(() => Posting) postings!: Posting[];
  @shown.text() nextPageToken!: string;
}
