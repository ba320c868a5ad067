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

/** What is counted of customers' past facts for the rules in force. */
export class EventCounter implements rpc.EventCounter {
  @shown.json('The condition that it answers, as in docs/rules.md.') condition!: Record<string, unknown> | undefined;
  @shown.text('filling or ready.') state!: string;
  @shown.whole('Newest facts kept of a customer.') keptMax!: number;
  @shown.whole('Customers whose facts of before it are counted.') filledCustomerCount!: number;
  @shown.time('When a rule asked for it last, to the hour; a day later it is dropped.') wantedAt!: Date | undefined;
}

export class ListEventCountersResponse implements rpc.ListEventCountersResponse {
  @shown.parts(() => EventCounter) counters!: EventCounter[];
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
