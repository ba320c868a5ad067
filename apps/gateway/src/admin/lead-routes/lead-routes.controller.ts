import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListRoutesRequest, PutRouteRequest } from '@tidegate/contracts/leads/v1/coordination';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListRoutesResponse, PutRouteResponse } from '../../responses/leads/route.response';
import { RouteBody } from './lead-routes.request';

@ApiTags('Leads')
@Controller('admin/v1/lead-routes')
export class AdminLeadRoutesController {
  constructor(private readonly peers: Peers) {}

  @Put()
  @Access(ADMIN)
  @Endpoint({
    summary: 'Sets who gets a lead first: relationship manager → outlet → remote bank, each with a time-out.',
    answer: PutRouteResponse,
    reasons: ['QUEUE_NOT_FOUND', 'QUEUE_OF_OTHER_ORG'],
  })
  put(@Body() route: RouteBody, @RequestId() requestId: string): Promise<PutRouteResponse> {
    return this.peers.coordination.putRoute(PutRouteRequest.fromPartial({ requestId, route }));
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages orders of precedence 协同顺序.', answer: ListRoutesResponse })
  list(@Query() page: PageQuery): Promise<ListRoutesResponse> {
    return this.peers.coordination.listRoutes(ListRoutesRequest.fromPartial(page));
  }
}
