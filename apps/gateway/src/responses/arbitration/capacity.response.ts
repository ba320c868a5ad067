import type * as rpc from '@tidegate/contracts/arbitration/v1/arbitration';
import { shown } from '../../http/shown';

export class Capacity implements rpc.Capacity {
  @shown.text() queue!: string;
  @shown.text() slot!: string;
  @shown.whole() units!: number;
  @shown.whole() reserved!: number;
  @shown.whole() used!: number;
}

export class PutCapacityResponse implements rpc.PutCapacityResponse {
  @shown.part(() => Capacity) capacity!: Capacity | undefined;
}

export class ListCapacityResponse implements rpc.ListCapacityResponse {
  @shown.parts(() => Capacity) capacities!: Capacity[];
  @shown.text() nextPageToken!: string;
}
