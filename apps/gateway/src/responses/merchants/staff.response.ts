import type * as rpc from '@tidegate/contracts/merchants/v1/staff';
import { shown } from '../../http/shown';

export class StaffMember implements rpc.StaffMember {
  @shown.text('The subject of the person’s tokens.') staffId!: string;
  @shown.text() name!: string;
  @shown.text() orgPath!: string;
  @shown.text('active, suspended, left.') state!: string;
  @shown.text('Of the last move; empty before the first.') reason!: string;
  @shown.text('Who changed the record last.') changedBy!: string;
  @shown.time() changedAt!: Date | undefined;
}

export class StaffMemberResponse
  implements rpc.PutStaffMemberResponse, rpc.MoveStaffMemberResponse, rpc.GetStaffMemberResponse
{
  @shown.part(() => StaffMember) member!: StaffMember | undefined;
}

export class ListStaffMembersResponse implements rpc.ListStaffMembersResponse {
  @shown.parts(() => StaffMember) members!: StaffMember[];
  @shown.text() nextPageToken!: string;
}
