import type * as rpc from '@tidegate/contracts/campaigns/v1/campaigns';
import type * as lists from '@tidegate/contracts/campaigns/v1/name_lists';
import { shown } from '../../http/shown';

export class NameListMember implements rpc.NameListMember {
  @shown.text() customerId!: string;
  @shown.text() externalId!: string;
  @shown.flag() isPassed!: boolean;
  @shown.text('Reason code when screened out.') reason!: string;
  @shown.text('Who has him; empty for nobody.') agentId!: string;
  @shown.text('owner, outlet, anyone or a relation attribute.') placedBy!: string;
  @shown.text('Why nobody has him, once the list is split.') unplacedReason!: string;
  @shown.time() placedAt!: Date | undefined;
  @shown.time() touchedAt!: Date | undefined;
  @shown.texts('People who had him before and did not touch him.') recalledFrom!: string[];
  @shown.text('The organisation whose list he was handed down to.') handedToOrgPath!: string;
}

export class GetNameListMemberResponse implements lists.GetNameListMemberResponse {
  @shown.part(() => NameListMember) member!: NameListMember | undefined;
}

export class ListNameListMembersResponse implements rpc.ListNameListMembersResponse {
  @shown.parts(() => NameListMember) members!: NameListMember[];
  @shown.text() nextPageToken!: string;
}
