import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/merchants/v1/onboarding';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { MerchantPageInput } from './merchant-page.request';
import { ListMerchantChangesUseCase } from './use-cases/list-merchant-changes/list-merchant-changes.use-case';
import {
  MoveMerchantInput,
  ReviewMerchantInput,
  SuspendMerchantInput,
} from './use-cases/move-merchant/move-merchant.request';
import { MoveMerchantUseCase } from './use-cases/move-merchant/move-merchant.use-case';

type Rpcs = Handlers<typeof rpc.OnboardingServiceService>;

/** The gRPC inlets of merchant onboarding: validate, call, map. */
@GrpcController(rpc.OnboardingServiceService)
export class OnboardingController implements Rpcs {
  constructor(
    private readonly moveMerchantUseCase: MoveMerchantUseCase,
    private readonly listMerchantChangesUseCase: ListMerchantChangesUseCase,
  ) {}

  async reviewMerchant(request: rpc.ReviewMerchantRequest, metadata: Metadata): Promise<rpc.ReviewMerchantResponse> {
    const input = validated(ReviewMerchantInput, request);
    return { merchant: await this.moveMerchantUseCase.execute('review', input, actorOf(metadata)) };
  }

  async activateMerchant(
    request: rpc.ActivateMerchantRequest,
    metadata: Metadata,
  ): Promise<rpc.ActivateMerchantResponse> {
    const input = validated(MoveMerchantInput, request);
    return { merchant: await this.moveMerchantUseCase.execute('activate', input, actorOf(metadata)) };
  }

  async suspendMerchant(request: rpc.SuspendMerchantRequest, metadata: Metadata): Promise<rpc.SuspendMerchantResponse> {
    const input = validated(SuspendMerchantInput, request);
    return { merchant: await this.moveMerchantUseCase.execute('suspend', input, actorOf(metadata)) };
  }

  async listMerchantChanges(
    request: rpc.ListMerchantChangesRequest,
    metadata: Metadata,
  ): Promise<rpc.ListMerchantChangesResponse> {
    return this.listMerchantChangesUseCase.execute(validated(MerchantPageInput, request), actorOf(metadata));
  }
}
