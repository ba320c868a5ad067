import type * as rpc from '@tidegate/contracts/merchants/v1/traffic';
import { shown } from '../../http/shown';

export class Subsidy implements rpc.Subsidy {
  @shown.text() subsidyId!: string;
  @shown.text() planId!: string;
  @shown.text() merchantId!: string;
  @shown.text() storeId!: string;
  @shown.text('visit, redemption, reversal.') cause!: string;
  @shown.text('The visit, redemption or reversal.') reference!: string;
  @shown.whole('Negative for a reversal.') amountMinor!: number;
  @shown.whole('What the rule gives, before the merchant’s limits.') ruleAmountMinor!: number;
  @shown.text() currency!: string;
  @shown.text() businessDate!: string;
  @shown.time() earnedAt!: Date | undefined;
  @shown.text('bank: the merchant earned it; merchant: he pays it to the bank.') payer!: string;
  @shown.text('The organisation of the bank that gave it or was paid; of a reversal that of what is taken back.')
  orgPath!: string;
}

export class ListSubsidiesResponse implements rpc.ListSubsidiesResponse {
  @shown.parts(() => Subsidy) subsidies!: Subsidy[];
  @shown.text() nextPageToken!: string;
}

export class SubsidyTotal implements rpc.SubsidyTotal {
  @shown.text() planId!: string;
  @shown.text() currency!: string;
  @shown.whole() visitCount!: number;
  @shown.whole() redemptionCount!: number;
  @shown.whole() amountMinor!: number;
  @shown.text('bank: the merchant earned it; merchant: he pays it to the bank.') payer!: string;
}

export class GetSubsidySummaryResponse implements rpc.GetSubsidySummaryResponse {
  @shown.parts(() => SubsidyTotal) totals!: SubsidyTotal[];
}
