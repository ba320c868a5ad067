import type * as rpc from '@tidegate/contracts/review/v1/review';
import { shown } from '../../http/shown';

export class GetMomentLatencyResponse implements rpc.GetMomentLatencyResponse {
  @shown.whole() count!: number;
  @shown.decimal() p50Ms!: number;
  @shown.decimal() p90Ms!: number;
  @shown.decimal() p99Ms!: number;
  @shown.decimal() maxMs!: number;
}

export class GetBenefitReportResponse implements rpc.GetBenefitReportResponse {
  @shown.whole() claimed!: number;
  @shown.counts() refusedByReason!: Record<string, number>;
  @shown.whole() transferred!: number;
  @shown.whole() redeemed!: number;
  @shown.whole() redeemedAmountMinor!: number;
  @shown.whole() expired!: number;
}

export class GetLeadReportResponse implements rpc.GetLeadReportResponse {
  @shown.counts() countByDisposition!: Record<string, number>;
  @shown.whole() open!: number;
  @shown.whole() offered!: number;
  @shown.whole() accepted!: number;
  @shown.whole() returned!: number;
}

export class GetIntakeReportResponse implements rpc.GetIntakeReportResponse {
  @shown.counts() countByEventType!: Record<string, number>;
}
