import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CreateFissionCampaignRequest,
  ListFissionCampaignsRequest,
  ListInviteesRequest,
} from '@tidegate/contracts/benefits/v1/fission';
import { Access, RequestId } from '../../access/access.decorator';
import { CHECKER, MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { MoveDefinitionBody } from '../../requests/definition.request';
import { MOVE_REASONS } from '../definition-reasons';
import {
  CreateFissionCampaignResponse,
  GetFissionProgressResponse,
  GetFissionReportResponse,
  ListFissionCampaignsResponse,
  ListInviteesResponse,
  MoveFissionCampaignResponse,
} from '../../responses/benefits/fission.response';
import { FissionCampaignBody } from './fission.request';

@ApiTags('Fission')
@Controller('admin/v1/fission-campaigns')
export class AdminFissionController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(MAKER)
  @Endpoint({
    summary: 'Makes a fission campaign 裂变活动 as a draft.',
    answer: CreateFissionCampaignResponse,
    status: 201,
    reasons: ['DEFINITION_EXISTS'],
  })
  create(
    @Body() campaign: FissionCampaignBody,
    @RequestId() requestId: string,
  ): Promise<CreateFissionCampaignResponse> {
    return this.peers.fission.createFissionCampaign(CreateFissionCampaignRequest.fromPartial({ requestId, campaign }));
  }

  @Post(':campaignId/move')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Approves a draft or retires a campaign.',
    answer: MoveFissionCampaignResponse,
    reasons: MOVE_REASONS,
  })
  move(
    @Param('campaignId', IdPipe) definitionId: string,
    @Body() { move }: MoveDefinitionBody,
    @RequestId() requestId: string,
  ): Promise<MoveFissionCampaignResponse> {
    return this.peers.fission.moveFissionCampaign({ requestId, definitionId, move });
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages campaigns, newest first.', answer: ListFissionCampaignsResponse })
  list(@Query() page: PageQuery): Promise<ListFissionCampaignsResponse> {
    return this.peers.fission.listFissionCampaigns(ListFissionCampaignsRequest.fromPartial(page));
  }

  @Get(':campaignId/report')
  @Access(READER)
  @Endpoint({
    summary: 'Counts of inviters, invited and qualified customers.',
    answer: GetFissionReportResponse,
    reasons: ['DEFINITION_NOT_FOUND'],
  })
  report(@Param('campaignId', IdPipe) campaignId: string): Promise<GetFissionReportResponse> {
    return this.peers.fission.getFissionReport({ campaignId });
  }

  @Get(':campaignId/members/:customerId')
  @Access(READER)
  @Endpoint({
    summary: 'How far one customer is, and who invited him.',
    answer: GetFissionProgressResponse,
    reasons: ['MEMBER_NOT_FOUND', 'DEFINITION_NOT_FOUND'],
  })
  member(
    @Param('campaignId', IdPipe) campaignId: string,
    @Param('customerId', IdPipe) customerId: string,
  ): Promise<GetFissionProgressResponse> {
    return this.peers.fission.getFissionProgress({ campaignId, customerId });
  }

  @Get(':campaignId/members/:customerId/invitees')
  @Access(READER)
  @Endpoint({
    summary: 'Pages whom a customer has invited: one level of the invite tree.',
    answer: ListInviteesResponse,
    reasons: ['MEMBER_NOT_FOUND', 'DEFINITION_NOT_FOUND'],
  })
  invitees(
    @Param('campaignId', IdPipe) campaignId: string,
    @Param('customerId', IdPipe) customerId: string,
    @Query() page: PageQuery,
  ): Promise<ListInviteesResponse> {
    return this.peers.fission.listInvitees(ListInviteesRequest.fromPartial({ ...page, campaignId, customerId }));
  }
}
