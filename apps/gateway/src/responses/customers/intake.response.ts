import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import { shown } from '../../http/shown';

export class RefusedEvent implements rpc.RefusedEvent {
  @shown.whole('Position in the request.') index!: number;
  @shown.text() id!: string;
  @shown.text() reason!: string;
  @shown.text() message!: string;
}

export class IngestEventsResponse implements rpc.IngestEventsResponse {
  @shown.whole() acceptedCount!: number;
  @shown.whole() duplicateCount!: number;
  @shown.parts(() => RefusedEvent) refused!: RefusedEvent[];
}
