import type * as rpc from '@tidegate/contracts/merchants/v1/merchants';
import { shown } from '../../http/shown';
import { ShareAmount } from '../benefits/redemption.response';

export class SettlementBatch implements rpc.SettlementBatch {
  @shown.text() batchId!: string;
  @shown.text() merchantId!: string;
  @shown.text() businessDate!: string;
  @shown.whole() redemptionCount!: number;
  @shown.whole() amountMinor!: number;
  @shown.text() currency!: string;
  @shown.text('building, posted.') state!: string;
  @shown.time() createdAt!: Date | undefined;
  @shown.text() transactionId!: string;
  @shown.parts(() => ShareAmount, 'Who bears the amount.') shares!: ShareAmount[];
}

export class RunSettlementResponse implements rpc.RunSettlementResponse {
  @shown.parts(() => SettlementBatch) batches!: SettlementBatch[];
}

export class ListSettlementBatchesResponse implements rpc.ListSettlementBatchesResponse {
  @shown.parts(() => SettlementBatch) batches!: SettlementBatch[];
  @shown.text() nextPageToken!: string;
}
