import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/arbitration/v1/engagement';
import { actorOf, GrpcController, requireHeadOffice, validated, type Handlers } from '@tidegate/grpc';
import { conditionOf } from '@tidegate/rules';
import type { EngagementPolicy } from './domain/engagement-policy';
import type { KeptCounter } from './past-facts/domain/counter-register';
import { ListEventCountersUseCase } from './past-facts/use-cases/list-event-counters/list-event-counters.use-case';
import { GetEngagementPolicyInput } from './use-cases/get-engagement-policy/get-engagement-policy.request';
import { GetEngagementPolicyUseCase } from './use-cases/get-engagement-policy/get-engagement-policy.use-case';
import { ListEngagementPoliciesInput } from './use-cases/list-engagement-policies/list-engagement-policies.request';
import { ListEngagementPoliciesUseCase } from './use-cases/list-engagement-policies/list-engagement-policies.use-case';
import { PutEngagementPolicyInput } from './use-cases/put-engagement-policy/put-engagement-policy.request';
import { PutEngagementPolicyUseCase } from './use-cases/put-engagement-policy/put-engagement-policy.use-case';

/** Engagement policies of issues and groups: validate, call, map. */
@GrpcController(rpc.EngagementServiceService)
export class EngagementController implements Handlers<typeof rpc.EngagementServiceService> {
  constructor(
    private readonly putUseCase: PutEngagementPolicyUseCase,
    private readonly getUseCase: GetEngagementPolicyUseCase,
    private readonly listUseCase: ListEngagementPoliciesUseCase,
    private readonly listCountersUseCase: ListEventCountersUseCase,
  ) {}

  async putEngagementPolicy(
    request: rpc.PutEngagementPolicyRequest,
    metadata: Metadata,
  ): Promise<rpc.PutEngagementPolicyResponse> {
    requireHeadOffice(actorOf(metadata));
    return { policy: toMessage(await this.putUseCase.execute(validated(PutEngagementPolicyInput, request))) };
  }

  async getEngagementPolicy(request: rpc.GetEngagementPolicyRequest): Promise<rpc.GetEngagementPolicyResponse> {
    return { policy: toMessage(await this.getUseCase.execute(validated(GetEngagementPolicyInput, request))) };
  }

  async listEngagementPolicies(
    request: rpc.ListEngagementPoliciesRequest,
  ): Promise<rpc.ListEngagementPoliciesResponse> {
    const { policies, nextPageToken } = await this.listUseCase.execute(validated(ListEngagementPoliciesInput, request));
    return { policies: policies.map(toMessage), nextPageToken };
  }

  async listEventCounters(): Promise<rpc.ListEventCountersResponse> {
    return { counters: (await this.listCountersUseCase.execute()).map(toCounterMessage) };
  }
}

const toCounterMessage = ({ counter, state, filledCustomerCount, wantedAt }: KeptCounter): rpc.EventCounter => ({
  condition: { ...conditionOf(counter) },
  state,
  keptMax: counter.keptMax,
  filledCustomerCount,
  wantedAt,
});

type RuleMessage = Record<string, unknown> | undefined;

const toMessage = ({ eligibility, applicability, suitability, ...policy }: EngagementPolicy): rpc.EngagementPolicy => ({
  ...policy,
  eligibility: (eligibility ?? undefined) as RuleMessage,
  applicability: (applicability ?? undefined) as RuleMessage,
  suitability: (suitability ?? undefined) as RuleMessage,
});
