import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/hunts';
import { actorOf, GrpcController, requireSelf, validated, type Handlers } from '@tidegate/grpc';
import { MoveDefinitionInput, PageInput } from '../definitions/definition.request';
import { toShownReward } from '../granting/shown-reward';
import { HuntsDesk } from './hunts-desk';
import { ClaimHuntPointInput } from './use-cases/claim-hunt-point/claim-hunt-point.request';
import { ClaimHuntPointUseCase } from './use-cases/claim-hunt-point/claim-hunt-point.use-case';
import { CreateHuntInput } from './use-cases/create-hunt/create-hunt.request';
import { GetHuntProgressUseCase } from './use-cases/get-hunt-progress/get-hunt-progress.use-case';
import { HunterInput } from './use-cases/issue-hunt-challenge/issue-hunt-challenge.request';
import { IssueHuntChallengeUseCase } from './use-cases/issue-hunt-challenge/issue-hunt-challenge.use-case';
import { ListHuntAttemptsUseCase } from './use-cases/list-hunt-attempts/list-hunt-attempts.use-case';

/** Every gRPC inlet of hunts: validate, call, map. */
@GrpcController(rpc.HuntsServiceService)
export class HuntsController implements Handlers<typeof rpc.HuntsServiceService> {
  constructor(
    private readonly hunts: HuntsDesk,
    private readonly issueHuntChallengeUseCase: IssueHuntChallengeUseCase,
    private readonly claimHuntPointUseCase: ClaimHuntPointUseCase,
    private readonly getHuntProgressUseCase: GetHuntProgressUseCase,
    private readonly listHuntAttemptsUseCase: ListHuntAttemptsUseCase,
  ) {}

  async createHunt(request: rpc.CreateHuntRequest, metadata: Metadata): Promise<rpc.CreateHuntResponse> {
    const { requestId, hunt } = validated(CreateHuntInput, request);
    return { hunt: await this.hunts.create(actorOf(metadata), requestId, hunt) };
  }

  async moveHunt(request: rpc.MoveHuntRequest, metadata: Metadata): Promise<rpc.MoveHuntResponse> {
    return { hunt: await this.hunts.move(actorOf(metadata), validated(MoveDefinitionInput, request)) };
  }

  async listHunts(request: rpc.ListHuntsRequest, metadata: Metadata): Promise<rpc.ListHuntsResponse> {
    const { items, nextPageToken } = await this.hunts.list(actorOf(metadata), validated(PageInput, request));
    return { hunts: items, nextPageToken };
  }

  async getHuntProgress(request: rpc.GetHuntProgressRequest, metadata: Metadata): Promise<rpc.GetHuntProgressResponse> {
    const input = validated(HunterInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    const { foundPoints, ...progress } = await this.getHuntProgressUseCase.execute(input);
    const shown = foundPoints.map(({ reward, ...point }) => ({ ...point, reward: reward && toShownReward(reward) }));
    return { ...progress, foundPoints: shown };
  }

  async issueHuntChallenge(
    request: rpc.IssueHuntChallengeRequest,
    metadata: Metadata,
  ): Promise<rpc.IssueHuntChallengeResponse> {
    const input = validated(HunterInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.issueHuntChallengeUseCase.execute(input);
  }

  async claimHuntPoint(request: rpc.ClaimHuntPointRequest, metadata: Metadata): Promise<rpc.ClaimHuntPointResponse> {
    const input = validated(ClaimHuntPointInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.claimHuntPointUseCase.execute(input);
  }

  async listHuntAttempts(
    request: rpc.ListHuntAttemptsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListHuntAttemptsResponse> {
    return this.listHuntAttemptsUseCase.execute(actorOf(metadata), request);
  }
}
