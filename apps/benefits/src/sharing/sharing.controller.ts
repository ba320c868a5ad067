import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/shares';
import { actorOf, GrpcController, requireSelf, validated, type Handlers } from '@tidegate/grpc';
import { CustomerPageInput } from '../definitions/definition.request';
import { ClaimSharedBenefitUseCase } from './use-cases/claim-shared-benefit/claim-shared-benefit.use-case';
import { CreateShareLinkInput } from './use-cases/create-share-link/create-share-link.request';
import { CreateShareLinkUseCase } from './use-cases/create-share-link/create-share-link.use-case';
import { ListShareLinksUseCase } from './use-cases/list-share-links/list-share-links.use-case';
import { ShareLinkInput } from './use-cases/open-share-link/open-share-link.request';
import { OpenShareLinkUseCase } from './use-cases/open-share-link/open-share-link.use-case';

/** Every gRPC inlet of sharing: validate, call, map. */
@GrpcController(rpc.SharesServiceService)
export class SharingController implements Handlers<typeof rpc.SharesServiceService> {
  constructor(
    private readonly createShareLinkUseCase: CreateShareLinkUseCase,
    private readonly openShareLinkUseCase: OpenShareLinkUseCase,
    private readonly claimSharedBenefitUseCase: ClaimSharedBenefitUseCase,
    private readonly listShareLinksUseCase: ListShareLinksUseCase,
  ) {}

  async createShareLink(request: rpc.CreateShareLinkRequest, metadata: Metadata): Promise<rpc.CreateShareLinkResponse> {
    const input = validated(CreateShareLinkInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return { link: await this.createShareLinkUseCase.execute(input) };
  }

  async openShareLink(request: rpc.OpenShareLinkRequest, metadata: Metadata): Promise<rpc.OpenShareLinkResponse> {
    const input = validated(ShareLinkInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.openShareLinkUseCase.execute(input);
  }

  async claimSharedBenefit(
    request: rpc.ClaimSharedBenefitRequest,
    metadata: Metadata,
  ): Promise<rpc.ClaimSharedBenefitResponse> {
    const input = validated(ShareLinkInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.claimSharedBenefitUseCase.execute(input);
  }

  async listShareLinks(request: rpc.ListShareLinksRequest, metadata: Metadata): Promise<rpc.ListShareLinksResponse> {
    const input = validated(CustomerPageInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.listShareLinksUseCase.execute(input);
  }
}
