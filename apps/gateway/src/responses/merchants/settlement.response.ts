import type * as rpc from '@tidegate/contracts/merchants/v1/merchants';
import { shown } from '../../http/shown';
import { ShareAmount } from '../benefits/redemption.response';

export class SettlementBatch implements rpc.SettlementBatch {
  @shown.text() batchId!: string;
  @shown.text() merchantId!: string;
  @shown.text() businessDate!: string;
  @shown.whole() redemptionCount!: number;
  @shown.whole('Redemptions less reversals, with adjustments and returned payments.') amountMinor!: number;
  @shown.text() currency!: string;
  @shown.text('open, prepared, released, paid, rejected.') state!: string;
  @shown.time() createdAt!: Date | undefined;
  @shown.text('Of the ledger; set when a released batch is posted.') transactionId!: string;
  @shown.parts(() => ShareAmount, 'Who bears the amount.') shares!: ShareAmount[];
  @shown.texts('Who prepared it and made the adjustments in it; none of them may release it.') makerIds!: string[];
  @shown.text() releasedBy!: string;
  @shown.time() releasedAt!: Date | undefined;
  @shown.text('The pay-out it was released with.') payoutId!: string;
  @shown.whole('Reversals, adjustments and returned payments in it.') correctionCount!: number;
  @shown.text() rejectReason!: string;
  @shown.time('When it was paid or rejected.') closedAt!: Date | undefined;
}

export class RunSettlementResponse implements rpc.RunSettlementResponse {
  @shown.parts(() => SettlementBatch) batches!: SettlementBatch[];
}

export class ListSettlementBatchesResponse implements rpc.ListSettlementBatchesResponse {
  @shown.parts(() => SettlementBatch) batches!: SettlementBatch[];
  @shown.text() nextPageToken!: string;
}
