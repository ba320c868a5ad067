import type * as rpc from '@tidegate/contracts/merchants/v1/settlement';
import { shown } from '../../http/shown';
import { SettlementBatch } from './settlement.response';

export class BusinessDay implements rpc.GetBusinessDayResponse {
  @shown.text('ISO date of the working day that the business day begins with.') businessDate!: string;
  @shown.time() from!: Date | undefined;
  @shown.time('Exclusive: when the next business day begins.') to!: Date | undefined;
  @shown.flag('Whether the holidays were known of all years that the day begins or ends in; else only weekends are.')
  isCalendarKnown!: boolean;
}

export class Payout implements rpc.Payout {
  @shown.text() payoutId!: string;
  @shown.whole() batchCount!: number;
  @shown.whole(
    'Minor units of the batches together, whatever their currency; the file’s control sum adds up the amounts themselves.',
  )
  amountMinor!: number;
  @shown.text() releasedBy!: string;
  @shown.time() releasedAt!: Date | undefined;
  @shown.text('ISO date of the working day on which the payments are to be made.') executionDate!: string;
}

export class ReleaseSettlementResponse implements rpc.ReleaseSettlementResponse {
  @shown.part(() => Payout) payout!: Payout | undefined;
  @shown.parts(() => SettlementBatch, 'As they are after posting: a batch that the ledger refuses is rejected.')
  batches!: SettlementBatch[];
}

export class ListPayoutsResponse implements rpc.ListPayoutsResponse {
  @shown.parts(() => Payout) payouts!: Payout[];
  @shown.text() nextPageToken!: string;
}

export class RejectSettlementBatchResponse implements rpc.RejectSettlementBatchResponse {
  @shown.part(() => SettlementBatch) batch!: SettlementBatch | undefined;
}

export class RecordPaymentResponse implements rpc.RecordPaymentResponse {
  @shown.part(() => SettlementBatch) batch!: SettlementBatch | undefined;
}
