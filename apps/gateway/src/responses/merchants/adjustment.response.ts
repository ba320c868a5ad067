import type * as rpc from '@tidegate/contracts/merchants/v1/settlement';
import { shown } from '../../http/shown';

export class Adjustment implements rpc.Adjustment {
  @shown.text() adjustmentId!: string;
  @shown.text() merchantId!: string;
  @shown.whole('Positive: the merchant is owed more.') amountMinor!: number;
  @shown.text() currency!: string;
  @shown.text('Who bears it: bank, merchant, third_party; empty for a returned payment.') funder!: string;
  @shown.text() partyId!: string;
  @shown.text() comment!: string;
  @shown.text() createdBy!: string;
  @shown.time() createdAt!: Date | undefined;
  @shown.text('created until the ledger has it, then posted.') state!: string;
  @shown.text() transactionId!: string;
  @shown.text(
    'adjustment; subsidy for what was earned by traffic, feedback for what is paid to the bank for it; returned_payment for a pay-out that came back.',
  )
  kind!: string;
}

export class CreateAdjustmentResponse implements rpc.CreateAdjustmentResponse {
  @shown.part(() => Adjustment) adjustment!: Adjustment | undefined;
}

export class ListAdjustmentsResponse implements rpc.ListAdjustmentsResponse {
  @shown.parts(() => Adjustment) adjustments!: Adjustment[];
  @shown.text() nextPageToken!: string;
}
