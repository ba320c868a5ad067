import type * as rpc from '@tidegate/contracts/merchants/v1/merchants';
import type * as settlement from '@tidegate/contracts/merchants/v1/settlement';
import { shown } from '../../http/shown';
import { ShareAmount } from '../benefits/redemption.response';
import { SettlementBatch } from './settlement.response';

export class StatementLine implements rpc.StatementLine {
  @shown.text('The redemption’s id, or reversal.<id>, adjustment.<id>, returned.<batch id>.') lineId!: string;
  @shown.text('redemption, reversal, adjustment, returned_payment.') kind!: string;
  @shown.text() redemptionId!: string;
  @shown.text() storeId!: string;
  @shown.text() clerkId!: string;
  @shown.whole('Negative when it is taken off.') amountMinor!: number;
  @shown.time('When it was redeemed, reversed, adjusted or returned.') redeemedAt!: Date | undefined;
  @shown.parts(() => ShareAmount) shares!: ShareAmount[];
  @shown.text('Why it was adjusted or returned.') note!: string;
}

export class ListWaitingLinesResponse implements settlement.ListWaitingLinesResponse {
  @shown.parts(() => StatementLine) lines!: StatementLine[];
  @shown.text() nextPageToken!: string;
}

export class GetStatementResponse implements rpc.GetStatementResponse {
  @shown.part(() => SettlementBatch) batch!: SettlementBatch | undefined;
  @shown.parts(() => StatementLine) lines!: StatementLine[];
  @shown.text() nextPageToken!: string;
}
