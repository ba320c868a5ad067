import type * as rpc from '@tidegate/contracts/review/v1/review';
import { shown } from '../../http/shown';

export class FunnelRow implements rpc.FunnelRow {
  @shown.text() strategyId!: string;
  @shown.text() channel!: string;
  @shown.whole() considered!: number;
  @shown.whole() chosen!: number;
  @shown.whole() delivered!: number;
  @shown.whole('Shown, read or accepted by a seat.') reached!: number;
  @shown.whole() responded!: number;
  @shown.whole() converted!: number;
  @shown.counts() countByReason!: Record<string, number>;
}

export class GetFunnelResponse implements rpc.GetFunnelResponse {
  @shown.parts(() => FunnelRow) rows!: FunnelRow[];
}
