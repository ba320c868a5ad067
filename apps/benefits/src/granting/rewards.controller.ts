import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/rewards';
import { actorOf, GrpcController, requireSelf, validated, type Handlers } from '@tidegate/grpc';
import { CustomerPageInput } from '../definitions/definition.request';
import { ListRewardsUseCase } from './use-cases/list-rewards/list-rewards.use-case';

/** Every gRPC inlet of rewards: validate, call, map. */
@GrpcController(rpc.RewardsServiceService)
export class RewardsController implements Handlers<typeof rpc.RewardsServiceService> {
  constructor(private readonly listRewardsUseCase: ListRewardsUseCase) {}

  async listRewards(request: rpc.ListRewardsRequest, metadata: Metadata): Promise<rpc.ListRewardsResponse> {
    const input = validated(CustomerPageInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.listRewardsUseCase.execute(input);
  }
}
