import type * as rpc from '@tidegate/contracts/campaigns/v1/campaigns';
import { shown } from '../../http/shown';

export class NameListMember implements rpc.NameListMember {
  @shown.text() customerId!: string;
  @shown.text() externalId!: string;
  @shown.flag() isPassed!: boolean;
  @shown.text('Reason code when screened out.') reason!: string;
}

export class ListNameListMembersResponse implements rpc.ListNameListMembersResponse {
  @shown.parts(() => NameListMember) members!: NameListMember[];
  @shown.text() nextPageToken!: string;
}
