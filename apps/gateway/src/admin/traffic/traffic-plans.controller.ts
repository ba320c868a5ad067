import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListTrafficPlansRequest,
  ListTrafficResultsRequest,
  ListVisitsRequest,
  PutTrafficPlanRequest,
} from '@tidegate/contracts/merchants/v1/traffic';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  GetTrafficPlanResponse,
  ListTrafficPlansResponse,
  ListTrafficResultsResponse,
  PutTrafficPlanResponse,
} from '../../responses/merchants/traffic.response';
import { ListVisitsResponse } from '../../responses/merchants/visit.response';
import { TrafficPlanBody, VisitsQuery } from './traffic.request';

@ApiTags('Traffic')
@Controller('admin/v1')
export class AdminTrafficPlansController {
  constructor(private readonly peers: Peers) {}

  @Put('traffic-plans/:planId')
  @Access(MAKER)
  @Endpoint({
    summary: 'Creates or replaces a traffic plan 引流计划.',
    answer: PutTrafficPlanResponse,
    reasons: [
      'ORG_UNIT_NOT_FOUND',
      'STORE_NOT_FOUND',
      'STOCK_NOT_FOUND',
      'PLAN_DIRECTION_FIXED',
      'PLAN_CURRENCY_FIXED',
      'PLAN_PAYER_FIXED',
    ],
  })
  put(
    @Param('planId', IdPipe) planId: string,
    @Body() { subsidy = { currency: '' }, ...body }: TrafficPlanBody,
    @RequestId() requestId: string,
  ): Promise<PutTrafficPlanResponse> {
    const plan = { ...body, subsidy, planId };
    return this.peers.traffic.putTrafficPlan(PutTrafficPlanRequest.fromPartial({ requestId, plan }));
  }

  @Get('traffic-plans')
  @Access(READER)
  @Endpoint({ summary: 'Pages traffic plans of the own organisation.', answer: ListTrafficPlansResponse })
  list(@Query() page: PageQuery): Promise<ListTrafficPlansResponse> {
    return this.peers.traffic.listTrafficPlans(ListTrafficPlansRequest.fromPartial(page));
  }

  @Get('traffic-plans/:planId')
  @Access(READER)
  @Endpoint({ summary: 'One traffic plan.', answer: GetTrafficPlanResponse, reasons: ['PLAN_NOT_FOUND'] })
  get(@Param('planId', IdPipe) planId: string): Promise<GetTrafficPlanResponse> {
    return this.peers.traffic.getTrafficPlan({ planId });
  }

  @Get('traffic-plans/:planId/results')
  @Access(READER)
  @Endpoint({
    summary: 'What a plan led to, by place.',
    answer: ListTrafficResultsResponse,
    reasons: ['PLAN_NOT_FOUND'],
  })
  results(@Param('planId', IdPipe) planId: string, @Query() page: PageQuery): Promise<ListTrafficResultsResponse> {
    return this.peers.traffic.listTrafficResults(ListTrafficResultsRequest.fromPartial({ ...page, planId }));
  }

  @Get('visits')
  @Access(READER)
  @Endpoint({
    summary: 'Pages counted visits of a plan or a merchant, newest first.',
    answer: ListVisitsResponse,
    reasons: ['PLAN_NOT_FOUND', 'MERCHANT_NOT_FOUND'],
  })
  visits(@Query() query: VisitsQuery): Promise<ListVisitsResponse> {
    return this.peers.traffic.listVisits(ListVisitsRequest.fromPartial(query));
  }
}
