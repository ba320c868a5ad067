import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import { shown } from '../../http/shown';

export class SegmentMember implements rpc.SegmentMember {
  @shown.text() customerId!: string;
  @shown.text() externalId!: string;
}

export class ListSegmentMembersResponse implements rpc.ListSegmentMembersResponse {
  @shown.parts(() => SegmentMember) members!: SegmentMember[];
  @shown.text() nextPageToken!: string;
}

export class EvaluateSegmentResponse implements rpc.EvaluateSegmentResponse {
  @shown.flag() isMember!: boolean;
}
