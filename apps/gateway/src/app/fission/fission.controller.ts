import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListFissionCampaignsRequest, ListInviteesRequest } from '@tidegate/contracts/benefits/v1/fission';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  AcceptInviteResponse,
  CreateInviteResponse,
  GetFissionProgressResponse,
  ListFissionCampaignsResponse,
  ListInviteesResponse,
} from '../../responses/benefits/fission.response';
import { DeviceBody } from './fission.request';

@ApiTags('Fission')
@Controller('app/v1')
export class AppFissionController {
  constructor(private readonly peers: Peers) {}

  @Get('fission-campaigns')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'Pages the campaigns that are active.', answer: ListFissionCampaignsResponse })
  list(@Query() page: PageQuery): Promise<ListFissionCampaignsResponse> {
    return this.peers.fission.listFissionCampaigns(ListFissionCampaignsRequest.fromPartial(page));
  }

  @Post('fission-campaigns/:campaignId/invites')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Gives the own invite code of a campaign; the same one every time.',
    answer: CreateInviteResponse,
    status: 201,
    reasons: ['CAMPAIGN_NOT_OPEN', 'DEVICE_LIMIT_REACHED'],
  })
  invite(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() { deviceId }: DeviceBody,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<CreateInviteResponse> {
    return this.peers.fission.createInvite({ requestId, campaignId, customerId: actor.id, deviceId });
  }

  @Post('invites/:code/accept')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Accepts an invitation; one inviter for one person.',
    answer: AcceptInviteResponse,
    reasons: [
      'INVITE_NOT_FOUND',
      'CAMPAIGN_NOT_OPEN',
      'INVITE_TO_SELF',
      'INVITER_FIXED',
      'INVITE_CYCLE',
      'INVITE_TREE_TOO_DEEP',
      'INVITE_LIMIT_REACHED',
      'DEVICE_LIMIT_REACHED',
    ],
  })
  accept(
    @Param('code', IdPipe) code: string,
    @Body() { deviceId }: DeviceBody,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<AcceptInviteResponse> {
    return this.peers.fission.acceptInvite({ requestId, code, customerId: actor.id, deviceId });
  }

  @Get('fission-campaigns/:campaignId/progress')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'How far the customer is, as inviter and as invited one.',
    answer: GetFissionProgressResponse,
    reasons: ['MEMBER_NOT_FOUND'],
  })
  progress(
    @Param('campaignId', IdPipe) campaignId: string,
    @Caller() actor: Actor,
  ): Promise<GetFissionProgressResponse> {
    return this.peers.fission.getFissionProgress({ campaignId, customerId: actor.id });
  }

  @Get('fission-campaigns/:campaignId/invitees')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Pages the own invited ones with what each brought; who they are stays hidden.',
    answer: ListInviteesResponse,
    reasons: ['MEMBER_NOT_FOUND'],
  })
  invitees(
    @Param('campaignId', IdPipe) campaignId: string,
    @Query() page: PageQuery,
    @Caller() actor: Actor,
  ): Promise<ListInviteesResponse> {
    const request = ListInviteesRequest.fromPartial({ ...page, campaignId, customerId: actor.id });
    return this.peers.fission.listInvitees(request);
  }
}
