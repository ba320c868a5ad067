import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import { shown } from '../../http/shown';

export class ComputeRfmResponse implements rpc.ComputeRfmResponse {
  @shown.whole() customerCount!: number;
  @shown.decimal() tookMs!: number;
}

export class RfmCell implements rpc.RfmCell {
  @shown.whole() recency!: number;
  @shown.whole() frequency!: number;
  @shown.whole() monetary!: number;
  @shown.whole() customerCount!: number;
}

export class GetRfmSummaryResponse implements rpc.GetRfmSummaryResponse {
  @shown.parts(() => RfmCell) cells!: RfmCell[];
  @shown.time() computedAt!: Date | undefined;
}
