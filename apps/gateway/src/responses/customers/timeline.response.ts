import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import { shown } from '../../http/shown';

export class TimelineEntry implements rpc.TimelineEntry {
  @shown.text() entryId!: string;
  @shown.text() type!: string;
  @shown.text() channel!: string;
  @shown.text() summary!: string;
  @shown.json() data!: Record<string, unknown> | undefined;
  @shown.time() occurredAt!: Date | undefined;
  @shown.text('The profile that it is of: those of one person are one line.') customerId!: string;
}

export class ListTimelineResponse implements rpc.ListTimelineResponse {
  @shown.parts(() => TimelineEntry) entries!: TimelineEntry[];
  @shown.text() nextPageToken!: string;
}
