import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/fans';
import { actorOf, GrpcController, requireOrgScope, requireSelf, validated, type Handlers } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import { CustomerPageInput } from '../definitions/definition.request';
import { fanMessage } from './fans.message';
import { FanRepository, targetKey } from './repositories/fan.repository';
import { FollowInput, TargetInput, UnfollowInput } from './use-cases/follow/follow.request';
import { FollowUseCase } from './use-cases/follow/follow.use-case';
import { GetFanGrowthInput } from './use-cases/get-fan-growth/get-fan-growth.request';
import { GetFanGrowthUseCase } from './use-cases/get-fan-growth/get-fan-growth.use-case';
import { ListFansUseCase } from './use-cases/list-fans/list-fans.use-case';
import { PutFanTargetInput } from './use-cases/put-fan-target/put-fan-target.request';
import { PutFanTargetUseCase } from './use-cases/put-fan-target/put-fan-target.use-case';

/** Every gRPC inlet of fans: validate, call, map. */
@GrpcController(rpc.FansServiceService)
export class FansController implements Handlers<typeof rpc.FansServiceService> {
  constructor(
    private readonly fans: FanRepository,
    private readonly putFanTargetUseCase: PutFanTargetUseCase,
    private readonly followUseCase: FollowUseCase,
    private readonly listFansUseCase: ListFansUseCase,
    private readonly getFanGrowthUseCase: GetFanGrowthUseCase,
  ) {}

  async putFanTarget(request: rpc.PutFanTargetRequest, metadata: Metadata): Promise<rpc.PutFanTargetResponse> {
    const input = validated(PutFanTargetInput, request);
    const target = await this.putFanTargetUseCase.execute(input, actorOf(metadata));
    const counts = await this.fans.findCounts([targetKey(target)]);
    return { target: { ...target, fanCount: counts.get(targetKey(target)) ?? 0 } };
  }

  async listFanTargets(request: rpc.ListFanTargetsRequest, metadata: Metadata): Promise<rpc.ListFanTargetsResponse> {
    const actor = actorOf(metadata);
    const limit = pageSize(request.pageSize, { max: 200, fallback: 50 });
    const [after] = decodePageToken(request.pageToken) ?? [];
    const scope = actor.kind === 'staff' ? actor.orgPath : undefined;
    const targets = await this.fans.listTargets(limit, { scope, after });
    const counts = await this.fans.findCounts(targets.map(targetKey));
    const last = targets.length === limit ? targets.at(-1) : undefined;
    return {
      targets: targets.map((target) => ({ ...target, fanCount: counts.get(targetKey(target)) ?? 0 })),
      nextPageToken: last ? encodePageToken([targetKey(last)]) : '',
    };
  }

  async follow(request: rpc.FollowRequest, metadata: Metadata): Promise<rpc.FollowResponse> {
    const input = validated(FollowInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return { fan: fanMessage(await this.followUseCase.execute({ ...input, isFollowing: true })) };
  }

  async unfollow(request: rpc.UnfollowRequest, metadata: Metadata): Promise<rpc.UnfollowResponse> {
    const input = validated(UnfollowInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return { fan: fanMessage(await this.followUseCase.execute({ ...input, source: '', isFollowing: false })) };
  }

  async listFollows(request: rpc.ListFollowsRequest, metadata: Metadata): Promise<rpc.ListFollowsResponse> {
    const { customerId, ...page } = validated(CustomerPageInput, request);
    requireSelf(actorOf(metadata), customerId);
    const { fans, nextPageToken } = await this.listFansUseCase.execute({ customerId }, page);
    return { fans: fans.map(fanMessage), nextPageToken };
  }

  async listFans(request: rpc.ListFansRequest, metadata: Metadata): Promise<rpc.ListFansResponse> {
    const target = await this.fans.getTarget(validated(TargetInput, request));
    requireOrgScope(actorOf(metadata), target.orgPath);
    const { fans, nextPageToken } = await this.listFansUseCase.execute({ targetKey: targetKey(target) }, request);
    return { fans: fans.map(fanMessage), nextPageToken };
  }

  async getFanGrowth(request: rpc.GetFanGrowthRequest, metadata: Metadata): Promise<rpc.GetFanGrowthResponse> {
    const input = validated(GetFanGrowthInput, request);
    return { days: await this.getFanGrowthUseCase.execute(actorOf(metadata), input) };
  }
}
