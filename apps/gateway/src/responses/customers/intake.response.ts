import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import { shown } from '../../http/shown';

export class RefusedEvent implements rpc.RefusedEvent {
  @shown.whole('Position in the request.') index!: number;
  @shown.text() id!: string;
  @shown.text() reason!: string;
  @shown.text() message!: string;
}

export class IngestEventsResponse implements rpc.IngestEventsResponse {
  @shown.whole('Stored for good; what an earlier call brought takes effect once.') acceptedCount!: number;
  @shown.whole('Repeats within the call.') duplicateCount!: number;
  @shown.parts(() => RefusedEvent) refused!: RefusedEvent[];
}
