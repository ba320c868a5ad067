import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/growth';
import { actorOf, GrpcController, requireSelf, validated, type Handlers } from '@tidegate/grpc';
import { CustomerPageInput, MoveDefinitionInput, PageInput } from '../definitions/definition.request';
import { requireRisingLevels } from './domain/growth-findings';
import { GrowthPlans } from './growth-plans';
import { Missions } from './missions';
import { CreateGrowthPlanInput } from './use-cases/create-growth-plan/create-growth-plan.request';
import { CreateMissionInput } from './use-cases/create-mission/create-mission.request';
import { GetGrowthUseCase } from './use-cases/get-growth/get-growth.use-case';
import { ListMissionProgressUseCase } from './use-cases/list-mission-progress/list-mission-progress.use-case';

/** Every gRPC inlet of growth: validate, call, map. */
@GrpcController(rpc.GrowthServiceService)
export class GrowthController implements Handlers<typeof rpc.GrowthServiceService> {
  constructor(
    private readonly plans: GrowthPlans,
    private readonly missions: Missions,
    private readonly getGrowthUseCase: GetGrowthUseCase,
    private readonly listMissionProgressUseCase: ListMissionProgressUseCase,
  ) {}

  async createGrowthPlan(
    request: rpc.CreateGrowthPlanRequest,
    metadata: Metadata,
  ): Promise<rpc.CreateGrowthPlanResponse> {
    const { requestId, plan } = validated(CreateGrowthPlanInput, request);
    requireRisingLevels(plan.terms.levels);
    return { plan: await this.plans.create(actorOf(metadata), requestId, plan) };
  }

  async moveGrowthPlan(request: rpc.MoveGrowthPlanRequest, metadata: Metadata): Promise<rpc.MoveGrowthPlanResponse> {
    return { plan: await this.plans.move(actorOf(metadata), validated(MoveDefinitionInput, request)) };
  }

  async listGrowthPlans(request: rpc.ListGrowthPlansRequest, metadata: Metadata): Promise<rpc.ListGrowthPlansResponse> {
    const { items, nextPageToken } = await this.plans.list(actorOf(metadata), validated(PageInput, request));
    return { plans: items, nextPageToken };
  }

  async getGrowth(request: rpc.GetGrowthRequest, metadata: Metadata): Promise<rpc.GetGrowthResponse> {
    requireSelf(actorOf(metadata), request.customerId);
    return { standings: await this.getGrowthUseCase.execute(request.customerId) };
  }

  async createMission(request: rpc.CreateMissionRequest, metadata: Metadata): Promise<rpc.CreateMissionResponse> {
    const { requestId, mission } = validated(CreateMissionInput, request);
    return { mission: await this.missions.create(actorOf(metadata), requestId, mission) };
  }

  async moveMission(request: rpc.MoveMissionRequest, metadata: Metadata): Promise<rpc.MoveMissionResponse> {
    return { mission: await this.missions.move(actorOf(metadata), validated(MoveDefinitionInput, request)) };
  }

  async listMissions(request: rpc.ListMissionsRequest, metadata: Metadata): Promise<rpc.ListMissionsResponse> {
    const { items, nextPageToken } = await this.missions.list(actorOf(metadata), validated(PageInput, request));
    return { missions: items, nextPageToken };
  }

  async listMissionProgress(
    request: rpc.ListMissionProgressRequest,
    metadata: Metadata,
  ): Promise<rpc.ListMissionProgressResponse> {
    const input = validated(CustomerPageInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.listMissionProgressUseCase.execute(input);
  }
}
