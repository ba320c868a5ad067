import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import { shown } from '../../http/shown';

/** Profiles that were said to be of one natural person 自然人归并. */
export class ProfileJoin implements rpc.ProfileJoin {
  @shown.text() joinId!: string;
  @shown.text() olderCustomerId!: string;
  @shown.text() youngerCustomerId!: string;
  @shown.text('The older one’s, which all have now.') personKey!: string;
  @shown.texts('All profiles of the younger one’s person.') movedCustomerIds!: string[];
  @shown.text() reason!: string;
  @shown.text() joinedBy!: string;
  @shown.time() joinedAt!: Date | undefined;
  @shown.text('Empty while the join is in force.') undoneBy!: string;
  @shown.time() undoneAt!: Date | undefined;
  @shown.text() undoReason!: string;
}

export class JoinProfilesResponse implements rpc.JoinProfilesResponse {
  @shown.part(() => ProfileJoin) join!: ProfileJoin | undefined;
}

export class UndoProfileJoinResponse implements rpc.UndoProfileJoinResponse {
  @shown.part(() => ProfileJoin) join!: ProfileJoin | undefined;
}

export class ListProfileJoinsResponse implements rpc.ListProfileJoinsResponse {
  @shown.parts(() => ProfileJoin) joins!: ProfileJoin[];
  @shown.text() nextPageToken!: string;
}
