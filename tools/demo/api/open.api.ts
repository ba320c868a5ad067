import type { IngestEventsResponse } from '@tidegate/contracts/customers/v1/customers';
import type { OpenEvent } from '../data/berka-events';
import type { Caller } from '../http/caller';
import type { Json } from '../http/json';

const BATCH_TYPE = 'application/cloudevents-batch+json';

/** What systems of the bank use. */
export class OpenApi {
  constructor(private readonly caller: Caller) {}

  /** Tells facts, up to 1,000; each is accepted once per source and id. */
  tell(events: readonly OpenEvent[]): Promise<Json<IngestEventsResponse>> {
    return this.caller.call({ method: 'POST', path: '/open/v1/events', body: events, contentType: BATCH_TYPE });
  }
}
