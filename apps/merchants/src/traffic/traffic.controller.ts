import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/merchants/v1/traffic';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { MerchantPageInput } from '../merchant-page.request';
import { PageInput } from '../page.request';
import { toSubsidyMessage, toVisitMessage } from './traffic.message';
import { GoalPageInput, PlanPageInput, SubsidySummaryInput, VisitPageInput } from './traffic.request';
import { IssueAttributionTokenInput } from './use-cases/issue-attribution-token/issue-attribution-token.request';
import { IssueAttributionTokenUseCase } from './use-cases/issue-attribution-token/issue-attribution-token.use-case';
import { ListVisitGoalsUseCase } from './use-cases/list-visit-goals/list-visit-goals.use-case';
import { ListVisitsUseCase } from './use-cases/list-visits/list-visits.use-case';
import { PutTrafficPlanInput } from './use-cases/put-traffic-plan/put-traffic-plan.request';
import { PutTrafficPlanUseCase } from './use-cases/put-traffic-plan/put-traffic-plan.use-case';
import { ReadPlansUseCase } from './use-cases/read-plans/read-plans.use-case';
import { ReadSubsidiesUseCase } from './use-cases/read-subsidies/read-subsidies.use-case';
import { RecordVisitInput } from './use-cases/record-visit/record-visit.request';
import { RecordVisitUseCase } from './use-cases/record-visit/record-visit.use-case';

type Rpcs = Handlers<typeof rpc.TrafficServiceService>;

/** Every gRPC inlet of traffic: validate, call, map. */
@GrpcController(rpc.TrafficServiceService)
export class TrafficController implements Rpcs {
  constructor(
    private readonly putTrafficPlanUseCase: PutTrafficPlanUseCase,
    private readonly readPlansUseCase: ReadPlansUseCase,
    private readonly issueAttributionTokenUseCase: IssueAttributionTokenUseCase,
    private readonly recordVisitUseCase: RecordVisitUseCase,
    private readonly listVisitsUseCase: ListVisitsUseCase,
    private readonly listVisitGoalsUseCase: ListVisitGoalsUseCase,
    private readonly readSubsidiesUseCase: ReadSubsidiesUseCase,
  ) {}

  async putTrafficPlan(request: rpc.PutTrafficPlanRequest, metadata: Metadata): Promise<rpc.PutTrafficPlanResponse> {
    const input = validated(PutTrafficPlanInput, request);
    return { plan: await this.putTrafficPlanUseCase.execute(input, actorOf(metadata)) };
  }

  async getTrafficPlan(request: rpc.GetTrafficPlanRequest, metadata: Metadata): Promise<rpc.GetTrafficPlanResponse> {
    return { plan: await this.readPlansUseCase.get(request.planId, actorOf(metadata)) };
  }

  async listTrafficPlans(
    request: rpc.ListTrafficPlansRequest,
    metadata: Metadata,
  ): Promise<rpc.ListTrafficPlansResponse> {
    return this.readPlansUseCase.list(validated(PageInput, request), actorOf(metadata));
  }

  async listTrafficResults(
    request: rpc.ListTrafficResultsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListTrafficResultsResponse> {
    return this.readPlansUseCase.listResults(validated(PlanPageInput, request), actorOf(metadata));
  }

  async issueAttributionToken(
    request: rpc.IssueAttributionTokenRequest,
    metadata: Metadata,
  ): Promise<rpc.IssueAttributionTokenResponse> {
    const input = validated(IssueAttributionTokenInput, request);
    return this.issueAttributionTokenUseCase.execute(input, actorOf(metadata));
  }

  async recordVisit(request: rpc.RecordVisitRequest, metadata: Metadata): Promise<rpc.RecordVisitResponse> {
    const input = validated(RecordVisitInput, request);
    const { visit, ...answer } = await this.recordVisitUseCase.execute(input, actorOf(metadata));
    return { ...answer, visit: toVisitMessage(visit) };
  }

  async listVisits(request: rpc.ListVisitsRequest, metadata: Metadata): Promise<rpc.ListVisitsResponse> {
    const input = validated(VisitPageInput, request);
    const { visits, nextPageToken } = await this.listVisitsUseCase.execute(input, actorOf(metadata));
    return { visits: visits.map(toVisitMessage), nextPageToken };
  }

  async listVisitGoals(request: rpc.ListVisitGoalsRequest, metadata: Metadata): Promise<rpc.ListVisitGoalsResponse> {
    return this.listVisitGoalsUseCase.execute(validated(GoalPageInput, request), actorOf(metadata));
  }

  async listSubsidies(request: rpc.ListSubsidiesRequest, metadata: Metadata): Promise<rpc.ListSubsidiesResponse> {
    const input = validated(MerchantPageInput, request);
    const { subsidies, nextPageToken } = await this.readSubsidiesUseCase.list(input, actorOf(metadata));
    return { subsidies: subsidies.map(toSubsidyMessage), nextPageToken };
  }

  async getSubsidySummary(
    request: rpc.GetSubsidySummaryRequest,
    metadata: Metadata,
  ): Promise<rpc.GetSubsidySummaryResponse> {
    const input = validated(SubsidySummaryInput, request);
    return { totals: await this.readSubsidiesUseCase.summarize(input, actorOf(metadata)) };
  }
}
