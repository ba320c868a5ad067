import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/merchants/v1/nearby';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { PageInput } from '../page.request';
import { NearbyInput, NearbyStoresInput } from './nearby.request';
import { FindNearbyUseCase } from './use-cases/find-nearby/find-nearby.use-case';
import { ListActivitiesUseCase } from './use-cases/list-activities/list-activities.use-case';
import { PutActivityInput } from './use-cases/put-activity/put-activity.request';
import { PutActivityUseCase } from './use-cases/put-activity/put-activity.use-case';

type Rpcs = Handlers<typeof rpc.NearbyServiceService>;

/** Every gRPC inlet of what is near: validate, call, map. */
@GrpcController(rpc.NearbyServiceService)
export class NearbyController implements Rpcs {
  constructor(
    private readonly findNearbyUseCase: FindNearbyUseCase,
    private readonly putActivityUseCase: PutActivityUseCase,
    private readonly listActivitiesUseCase: ListActivitiesUseCase,
  ) {}

  async findNearbyStores(request: rpc.FindNearbyStoresRequest): Promise<rpc.FindNearbyStoresResponse> {
    return this.findNearbyUseCase.stores(validated(NearbyStoresInput, request));
  }

  async findNearbyActivities(request: rpc.FindNearbyActivitiesRequest): Promise<rpc.FindNearbyActivitiesResponse> {
    return this.findNearbyUseCase.activities(validated(NearbyInput, request));
  }

  async putActivity(request: rpc.PutActivityRequest, metadata: Metadata): Promise<rpc.PutActivityResponse> {
    const input = validated(PutActivityInput, request);
    return { activity: await this.putActivityUseCase.execute(input, actorOf(metadata)) };
  }

  async listActivities(request: rpc.ListActivitiesRequest, metadata: Metadata): Promise<rpc.ListActivitiesResponse> {
    return this.listActivitiesUseCase.execute(validated(PageInput, request), actorOf(metadata));
  }
}
