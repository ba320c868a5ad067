import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListPointsEntriesRequest } from '@tidegate/contracts/benefits/v1/points';
import type { Actor } from '@tidegate/observability';
import { Access, Caller } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { GetPointsBalanceResponse, ListPointsEntriesResponse } from '../../responses/benefits/points.response';

@ApiTags('Points')
@Controller('app/v1/points')
export class AppPointsController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(CUSTOMER)
  @Endpoint({ summary: 'The own points 积分, and what expires when.', answer: GetPointsBalanceResponse })
  balance(@Caller() actor: Actor): Promise<GetPointsBalanceResponse> {
    return this.peers.points.getPointsBalance({ customerId: actor.id });
  }

  @Get('entries')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Pages the own points history, newest first.',
    answer: ListPointsEntriesResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  entries(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListPointsEntriesResponse> {
    const request = ListPointsEntriesRequest.fromPartial({ ...page, customerId: actor.id });
    return this.peers.points.listPointsEntries(request);
  }
}
