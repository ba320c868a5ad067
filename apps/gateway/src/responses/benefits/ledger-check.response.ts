import type * as rpc from '@tidegate/contracts/benefits/v1/ledger_checks';
import { shown } from '../../http/shown';

/** What does not agree. */
export class LedgerDifference implements rpc.LedgerDifference {
  @shown.text(
    'transaction: debits and credits are not equal, or an amount is not positive. chart: a class that the chart of accounts does not have. checkpoint: a total up to the checkpoint. wallet: what a customer holds.',
  )
  kind!: string;
  @shown.text('The transaction’s id, the class or the account.') subject!: string;
  @shown.text() currency!: string;
  @shown.text('debit or credit: of a checkpoint, which of the two sums; else empty.') side!: string;
  @shown.whole('By the postings; of a transaction its debits.') ledgerMinor!: number;
  @shown.whole('At the checkpoint or in the wallet; of a transaction its credits.') storedMinor!: number;
}

/** One check of the whole ledger 账本核对. */
export class LedgerCheck implements rpc.LedgerCheck {
  @shown.text() checkId!: string;
  @shown.text('running, completed, failed, cancelled.') state!: string;
  @shown.whole() progressPercent!: number;
  @shown.whole('Read so far; each once.') postingsRead!: number;
  @shown.whole('Classes and accounts whose balance was compared.') accountsCompared!: number;
  @shown.whole() differenceCount!: number;
  @shown.parts(() => LedgerDifference, 'The first 500; lists leave them out.') differences!: LedgerDifference[];
  @shown.text() failureReason!: string;
  @shown.text() startedBy!: string;
  @shown.time() startedAt!: Date | undefined;
  @shown.time() finishedAt!: Date | undefined;
  @shown.time('Of the checkpoint it compared with; left out when there was none.') checkpointAt!: Date | undefined;
}

export class StartLedgerCheckResponse implements rpc.StartLedgerCheckResponse {
  @shown.part(() => LedgerCheck) check!: LedgerCheck | undefined;
}

export class GetLedgerCheckResponse implements rpc.GetLedgerCheckResponse {
  @shown.part(() => LedgerCheck) check!: LedgerCheck | undefined;
}

export class ListLedgerChecksResponse implements rpc.ListLedgerChecksResponse {
  @shown.parts(() => LedgerCheck) checks!: LedgerCheck[];
  @shown.text() nextPageToken!: string;
}

export class CancelLedgerCheckResponse implements rpc.CancelLedgerCheckResponse {
  @shown.part(() => LedgerCheck) check!: LedgerCheck | undefined;
}
