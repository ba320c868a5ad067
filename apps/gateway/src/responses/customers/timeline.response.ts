import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import { shown } from '../../http/shown';

export class TimelineEntry implements rpc.TimelineEntry {
  @shown.text() entryId!: string;
  @shown.text() type!: string;
  @shown.text() channel!: string;
  @shown.text() summary!: string;
  @shown.json() data!: Record<string, unknown> | undefined;
  @shown.time() occurredAt!: Date | undefined;
}

export class ListTimelineResponse implements rpc.ListTimelineResponse {
  @shown.parts(() => TimelineEntry) entries!: TimelineEntry[];
  @shown.text() nextPageToken!: string;
}
