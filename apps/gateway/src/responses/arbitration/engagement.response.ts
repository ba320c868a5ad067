import type * as rpc from '@tidegate/contracts/arbitration/v1/engagement';
import { shown } from '../../http/shown';

/** Rules that hold for every action of a business issue or product group. */
export class EngagementPolicy implements rpc.EngagementPolicy {
  @shown.text('issue or group.') scope!: string;
  @shown.text() key!: string;
  @shown.json() eligibility!: Record<string, unknown> | undefined;
  @shown.json() applicability!: Record<string, unknown> | undefined;
  @shown.json() suitability!: Record<string, unknown> | undefined;
  @shown.whole('Grows with every change.') version!: number;
}

export class PutEngagementPolicyResponse implements rpc.PutEngagementPolicyResponse {
  @shown.part(() => EngagementPolicy) policy!: EngagementPolicy | undefined;
}

export class GetEngagementPolicyResponse implements rpc.GetEngagementPolicyResponse {
  @shown.part(() => EngagementPolicy) policy!: EngagementPolicy | undefined;
}

export class ListEngagementPoliciesResponse implements rpc.ListEngagementPoliciesResponse {
  @shown.parts(() => EngagementPolicy) policies!: EngagementPolicy[];
  @shown.text() nextPageToken!: string;
}
