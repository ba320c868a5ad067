import type * as rpc from '@tidegate/contracts/merchants/v1/settlement';
import { shown } from '../../http/shown';
import { ShareAmount } from '../benefits/redemption.response';

/** A redemption that could not be settled as it is 结算异常. */
export class SettlementFinding implements rpc.SettlementFinding {
  @shown.text() redemptionId!: string;
  @shown.text() merchantId!: string;
  @shown.text('On which its merchant was not settled for it.') businessDate!: string;
  @shown.text('REDEMPTION_UNBALANCED: its shares do not add up to its amount.') reason!: string;
  @shown.whole() amountMinor!: number;
  @shown.text() currency!: string;
  @shown.parts(() => ShareAmount, 'As they were when it was found.') shares!: ShareAmount[];
  @shown.time() redeemedAt!: Date | undefined;
  @shown.time() foundAt!: Date | undefined;
  @shown.text('open; settled once it is whole and in a batch.') state!: string;
  @shown.time() settledAt!: Date | undefined;
}

export class ListSettlementFindingsResponse implements rpc.ListSettlementFindingsResponse {
  @shown.parts(() => SettlementFinding) findings!: SettlementFinding[];
  @shown.text() nextPageToken!: string;
}
