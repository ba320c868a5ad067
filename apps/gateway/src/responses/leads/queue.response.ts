import type * as rpc from '@tidegate/contracts/leads/v1/leads';
import { shown } from '../../http/shown';

export class Queue implements rpc.Queue {
  @shown.text() queue!: string;
  @shown.text() name!: string;
  @shown.text('remote_bank, branch, merchant.') channel!: string;
  @shown.text() orgPath!: string;
  @shown.text('Skill a seat needs; empty for none.') skill!: string;
  @shown.whole('5..86400, default 60.') offerTimeoutSeconds!: number;
  @shown.whole('1..20, default 3: after so many offers without acceptance the lead overflows or closes as unreachable.')
  maxAttempts!: number;
  @shown.text('Where a lead goes when attempts or max_wait are used up; empty closes it.') overflowQueue!: string;
  @shown.whole('0 for no limit.') maxWaitSeconds!: number;
  @shown.whole() waitingCount!: number;
  @shown.whole() openCount!: number;
}

export class PutQueueResponse implements rpc.PutQueueResponse {
  @shown.part(() => Queue) queue!: Queue | undefined;
}

export class ListQueuesResponse implements rpc.ListQueuesResponse {
  @shown.parts(() => Queue) queues!: Queue[];
  @shown.text() nextPageToken!: string;
}
