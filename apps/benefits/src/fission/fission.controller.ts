import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/fission';
import { actorOf, GrpcController, requireSelf, validated, type Handlers } from '@tidegate/grpc';
import { Clock } from '@tidegate/service';
import { MoveDefinitionInput, PageInput } from '../definitions/definition.request';
import { toShownReward } from '../granting/shown-reward';
import { FissionCampaigns } from './fission-campaigns';
import { memberMessage } from './fission.message';
import { FissionRepository } from './repositories/fission.repository';
import { AcceptInviteInput } from './use-cases/accept-invite/accept-invite.request';
import { AcceptInviteUseCase } from './use-cases/accept-invite/accept-invite.use-case';
import { CreateFissionCampaignInput } from './use-cases/create-fission-campaign/create-fission-campaign.request';
import { CreateInviteInput } from './use-cases/create-invite/create-invite.request';
import { CreateInviteUseCase } from './use-cases/create-invite/create-invite.use-case';
import { MemberInput } from './use-cases/get-fission-progress/get-fission-progress.request';
import { GetFissionProgressUseCase } from './use-cases/get-fission-progress/get-fission-progress.use-case';
import { ListInviteesInput } from './use-cases/list-invitees/list-invitees.request';
import { ListInviteesUseCase } from './use-cases/list-invitees/list-invitees.use-case';

/** Every gRPC inlet of fission: validate, call, map. */
@GrpcController(rpc.FissionServiceService)
export class FissionController implements Handlers<typeof rpc.FissionServiceService> {
  constructor(
    private readonly campaigns: FissionCampaigns,
    private readonly members: FissionRepository,
    private readonly createInviteUseCase: CreateInviteUseCase,
    private readonly acceptInviteUseCase: AcceptInviteUseCase,
    private readonly getFissionProgressUseCase: GetFissionProgressUseCase,
    private readonly listInviteesUseCase: ListInviteesUseCase,
    private readonly clock: Clock,
  ) {}

  async createFissionCampaign(
    request: rpc.CreateFissionCampaignRequest,
    metadata: Metadata,
  ): Promise<rpc.CreateFissionCampaignResponse> {
    const { requestId, campaign } = validated(CreateFissionCampaignInput, request);
    return { campaign: await this.campaigns.create(actorOf(metadata), requestId, campaign) };
  }

  async moveFissionCampaign(
    request: rpc.MoveFissionCampaignRequest,
    metadata: Metadata,
  ): Promise<rpc.MoveFissionCampaignResponse> {
    const input = validated(MoveDefinitionInput, request);
    return { campaign: await this.campaigns.move(actorOf(metadata), input) };
  }

  async listFissionCampaigns(
    request: rpc.ListFissionCampaignsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListFissionCampaignsResponse> {
    const { items, nextPageToken } = await this.campaigns.list(actorOf(metadata), validated(PageInput, request));
    return { campaigns: items, nextPageToken };
  }

  async createInvite(request: rpc.CreateInviteRequest, metadata: Metadata): Promise<rpc.CreateInviteResponse> {
    const input = validated(CreateInviteInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    const { code, member } = await this.createInviteUseCase.execute(input);
    return { code, member: memberMessage(member, actorOf(metadata), this.clock.now()) };
  }

  async acceptInvite(request: rpc.AcceptInviteRequest, metadata: Metadata): Promise<rpc.AcceptInviteResponse> {
    const input = validated(AcceptInviteInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    const member = await this.acceptInviteUseCase.execute(input);
    // As he stood when he joined: a repeat is told the first answer.
    return { member: memberMessage(member, actorOf(metadata), member.joinedAt) };
  }

  async getFissionProgress(
    request: rpc.GetFissionProgressRequest,
    metadata: Metadata,
  ): Promise<rpc.GetFissionProgressResponse> {
    const input = validated(MemberInput, request);
    const actor = actorOf(metadata);
    requireSelf(actor, input.customerId);
    const { member, inviteCode, inviteeReward } = await this.getFissionProgressUseCase.execute(actor, input);
    return {
      member: memberMessage(member, actor, this.clock.now()),
      inviteCode,
      inviteeReward: inviteeReward && toShownReward(inviteeReward),
    };
  }

  async listInvitees(request: rpc.ListInviteesRequest, metadata: Metadata): Promise<rpc.ListInviteesResponse> {
    const input = validated(ListInviteesInput, request);
    const actor = actorOf(metadata);
    requireSelf(actor, input.customerId);
    const { invitees, nextPageToken } = await this.listInviteesUseCase.execute(actor, input);
    const now = this.clock.now();
    const shown = invitees.map(({ member, inviterReward }) => ({
      member: memberMessage(member, actor, now),
      inviterReward: inviterReward && toShownReward(inviterReward),
    }));
    return { invitees: shown, nextPageToken };
  }

  async getFissionReport(
    { campaignId }: rpc.GetFissionReportRequest,
    metadata: Metadata,
  ): Promise<rpc.GetFissionReportResponse> {
    await this.campaigns.get(actorOf(metadata), campaignId);
    return {
      campaignId,
      inviterCount: await this.members.count(campaignId, 'inviter'),
      joinedCount: await this.members.count(campaignId, 'joined'),
      qualifiedCount: await this.members.count(campaignId, 'qualified'),
    };
  }
}
