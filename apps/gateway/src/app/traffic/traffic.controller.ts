import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  IssueAttributionTokenRequest,
  ListTrafficPlansRequest,
  ListVisitGoalsRequest,
  RecordVisitRequest,
} from '@tidegate/contracts/merchants/v1/traffic';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListTrafficPlansResponse } from '../../responses/merchants/traffic.response';
import {
  IssueAttributionTokenResponse,
  ListVisitGoalsResponse,
  RecordVisitResponse,
} from '../../responses/merchants/visit.response';
import { OwnTokenBody, OwnVisitBody } from './traffic.request';

@ApiTags('Traffic')
@Controller('app/v1')
export class AppTrafficController {
  constructor(private readonly peers: Peers) {}

  @Get('traffic-plans')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'Pages the running traffic plans.', answer: ListTrafficPlansResponse })
  plans(@Query() page: PageQuery): Promise<ListTrafficPlansResponse> {
    return this.peers.traffic.listTrafficPlans(ListTrafficPlansRequest.fromPartial(page));
  }

  @Post('attribution-tokens')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'A token to show at a store; each call gives another one.',
    answer: IssueAttributionTokenResponse,
    status: 201,
    reasons: ['PLAN_NOT_FOUND', 'PLAN_NOT_RUNNING', 'PLACE_NOT_IN_PLAN', 'STORE_NOT_FOUND'],
  })
  issue(@Body() body: OwnTokenBody, @Caller() actor: Actor): Promise<IssueAttributionTokenResponse> {
    const request = IssueAttributionTokenRequest.fromPartial({ ...body, customerId: actor.id });
    return this.peers.traffic.issueAttributionToken(request);
  }

  @Post('visits')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Says that an outlet’s code led into the app.',
    answer: RecordVisitResponse,
    status: 201,
    reasons: ['ATTRIBUTION_TOKEN_INVALID', 'ATTRIBUTION_TOKEN_EXPIRED', 'ATTRIBUTION_TOKEN_USED', 'PLAN_NOT_RUNNING'],
  })
  visit(
    @Body() body: OwnVisitBody,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<RecordVisitResponse> {
    const request = RecordVisitRequest.fromPartial({ ...body, requestId, customerId: actor.id });
    return this.peers.traffic.recordVisit(request);
  }

  @Get('visit-goals')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'How far the customer is in the visit goals.', answer: ListVisitGoalsResponse })
  goals(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListVisitGoalsResponse> {
    return this.peers.traffic.listVisitGoals(ListVisitGoalsRequest.fromPartial({ ...page, customerId: actor.id }));
  }
}
