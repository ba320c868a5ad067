import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  GetSubsidySummaryRequest,
  IssueAttributionTokenRequest,
  ListSubsidiesRequest,
  ListTrafficPlansRequest,
  ListVisitsRequest,
  RecordVisitRequest,
} from '@tidegate/contracts/merchants/v1/traffic';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { MERCHANT } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { SubsidySpanQuery } from '../../requests/subsidy.query';
import { GetSubsidySummaryResponse, ListSubsidiesResponse } from '../../responses/merchants/subsidy.response';
import { ListTrafficPlansResponse } from '../../responses/merchants/traffic.response';
import {
  IssueAttributionTokenResponse,
  ListVisitsResponse,
  RecordVisitResponse,
} from '../../responses/merchants/visit.response';
import { StoreTokenBody, StoreVisitBody } from './traffic.request';

@ApiTags('Traffic')
@Controller('merchant/v1')
export class MerchantTrafficController {
  constructor(private readonly peers: Peers) {}

  @Get('traffic-plans')
  @Access(MERCHANT)
  @Endpoint({
    summary: 'Pages the running traffic plans; what is paid is shown where an own store takes part.',
    answer: ListTrafficPlansResponse,
  })
  plans(@Query() page: PageQuery): Promise<ListTrafficPlansResponse> {
    return this.peers.traffic.listTrafficPlans(ListTrafficPlansRequest.fromPartial(page));
  }

  @Post('attribution-tokens')
  @Access(MERCHANT)
  @Endpoint({
    summary: 'A token that leads customers of an own store to an outlet; each call gives another one.',
    answer: IssueAttributionTokenResponse,
    status: 201,
    reasons: ['PLAN_NOT_FOUND', 'PLAN_NOT_RUNNING', 'PLACE_NOT_IN_PLAN', 'STORE_NOT_FOUND'],
  })
  issue(@Body() body: StoreTokenBody): Promise<IssueAttributionTokenResponse> {
    return this.peers.traffic.issueAttributionToken(IssueAttributionTokenRequest.fromPartial(body));
  }

  @Post('visits')
  @Access(MERCHANT)
  @Endpoint({
    summary: 'Says that a customer whom the app led came to an own store.',
    answer: RecordVisitResponse,
    status: 201,
    reasons: [
      'ATTRIBUTION_TOKEN_INVALID',
      'ATTRIBUTION_TOKEN_EXPIRED',
      'ATTRIBUTION_TOKEN_USED',
      'PLAN_NOT_RUNNING',
      'PLACE_NOT_IN_PLAN',
      'STORE_CLOSED',
      'CLERK_NOT_FOUND',
      'TILL_PLACE_MISSING',
      'TILL_TOO_FAR',
    ],
  })
  visit(
    @Body() body: StoreVisitBody,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<RecordVisitResponse> {
    const request = RecordVisitRequest.fromPartial({ ...body, requestId, merchantId: actor.id });
    return this.peers.traffic.recordVisit(request);
  }

  @Get('visits')
  @Access(MERCHANT)
  @Endpoint({ summary: 'Pages the own counted visits, newest first.', answer: ListVisitsResponse })
  visits(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListVisitsResponse> {
    return this.peers.traffic.listVisits(ListVisitsRequest.fromPartial({ ...page, merchantId: actor.id }));
  }

  @Get('subsidies')
  @Access(MERCHANT)
  @Endpoint({ summary: 'Pages what was earned by traffic 反馈补贴, newest first.', answer: ListSubsidiesResponse })
  subsidies(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListSubsidiesResponse> {
    return this.peers.traffic.listSubsidies(ListSubsidiesRequest.fromPartial({ ...page, merchantId: actor.id }));
  }

  @Get('subsidy-summary')
  @Access(MERCHANT)
  @Endpoint({ summary: 'What was earned in a span of business dates, by plan.', answer: GetSubsidySummaryResponse })
  summary(@Query() span: SubsidySpanQuery, @Caller() actor: Actor): Promise<GetSubsidySummaryResponse> {
    const request = GetSubsidySummaryRequest.fromPartial({ ...span, merchantId: actor.id });
    return this.peers.traffic.getSubsidySummary(request);
  }
}
