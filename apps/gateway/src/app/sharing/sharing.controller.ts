import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListShareLinksRequest } from '@tidegate/contracts/benefits/v1/shares';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  ClaimSharedBenefitResponse,
  CreateShareLinkResponse,
  ListShareLinksResponse,
  OpenShareLinkResponse,
} from '../../responses/benefits/share.response';
import { CLAIM_REASONS } from '../wallet/stocks.controller';

const LINK_REASONS = ['SHARE_LINK_NOT_FOUND', 'SHARE_LINK_EXPIRED'];

@ApiTags('Sharing')
@Controller('app/v1')
export class AppSharingController {
  constructor(private readonly peers: Peers) {}

  @Post('stocks/:stockId/share-links')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Makes a link by which others claim a benefit of their own 分享.',
    answer: CreateShareLinkResponse,
    status: 201,
    reasons: [
      'STOCK_NOT_FOUND',
      'NOT_SHAREABLE',
      'STOCK_CLOSED',
      'STOCK_PAUSED',
      'CLAIM_ENDED',
      'SHARE_LINK_LIMIT_REACHED',
    ],
  })
  create(
    @Param('stockId', IdPipe) stockId: string,
    @Body() _body: NoInput,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<CreateShareLinkResponse> {
    return this.peers.shares.createShareLink({ requestId, stockId, customerId: actor.id });
  }

  @Get('share-links')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Pages the own links, newest first, with what came of them.',
    answer: ListShareLinksResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  list(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListShareLinksResponse> {
    return this.peers.shares.listShareLinks(ListShareLinksRequest.fromPartial({ ...page, customerId: actor.id }));
  }

  @Post('share-links/:linkId/open')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Shows what a link leads to; the sharer sees that one more customer opened it.',
    answer: OpenShareLinkResponse,
    reasons: LINK_REASONS,
  })
  open(
    @Param('linkId', IdPipe) linkId: string,
    @Body() _body: NoInput,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<OpenShareLinkResponse> {
    return this.peers.shares.openShareLink({ requestId, linkId, customerId: actor.id });
  }

  @Post('share-links/:linkId/claims')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Claims a benefit by a link, under the own limits.',
    answer: ClaimSharedBenefitResponse,
    status: 201,
    reasons: [...LINK_REASONS, ...CLAIM_REASONS],
  })
  claim(
    @Param('linkId', IdPipe) linkId: string,
    @Body() _body: NoInput,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<ClaimSharedBenefitResponse> {
    return this.peers.shares.claimSharedBenefit({ requestId, linkId, customerId: actor.id });
  }
}
