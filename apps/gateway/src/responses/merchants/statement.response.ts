import type * as rpc from '@tidegate/contracts/merchants/v1/merchants';
import { shown } from '../../http/shown';
import { ShareAmount } from '../benefits/redemption.response';
import { SettlementBatch } from './settlement.response';

export class StatementLine implements rpc.StatementLine {
  @shown.text() redemptionId!: string;
  @shown.text() storeId!: string;
  @shown.text() clerkId!: string;
  @shown.whole() amountMinor!: number;
  @shown.time() redeemedAt!: Date | undefined;
  @shown.parts(() => ShareAmount) shares!: ShareAmount[];
}

export class GetStatementResponse implements rpc.GetStatementResponse {
  @shown.part(() => SettlementBatch) batch!: SettlementBatch | undefined;
  @shown.parts(() => StatementLine) lines!: StatementLine[];
  @shown.text() nextPageToken!: string;
}
