import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListCirclesRequest,
  ListProductivityRequest,
  PutCircleRequest,
} from '@tidegate/contracts/merchants/v1/productivity';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  ListCirclesResponse,
  ListProductivityResponse,
  PutCircleResponse,
} from '../../responses/merchants/productivity.response';
import { CircleBody, ProductivityQuery } from './productivity.request';

@ApiTags('Productivity')
@Controller('admin/v1')
export class AdminProductivityController {
  constructor(private readonly peers: Peers) {}

  @Put('circles/:circleId')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Creates or replaces a circle of merchants 商圈.',
    answer: PutCircleResponse,
    reasons: ['ORG_UNIT_NOT_FOUND'],
  })
  putCircle(
    @Param('circleId', IdPipe) circleId: string,
    @Body() body: CircleBody,
    @RequestId() requestId: string,
  ): Promise<PutCircleResponse> {
    const circle = { ...body, circleId };
    return this.peers.productivity.putCircle(PutCircleRequest.fromPartial({ requestId, circle }));
  }

  @Get('circles')
  @Access(READER)
  @Endpoint({ summary: 'Pages circles of the own organisation.', answer: ListCirclesResponse })
  listCircles(@Query() page: PageQuery): Promise<ListCirclesResponse> {
    return this.peers.productivity.listCircles(ListCirclesRequest.fromPartial(page));
  }

  @Get('productivity')
  @Access(READER)
  @Endpoint({
    summary: 'The league table of all outlets or circles in a month 网点产能, best first.',
    answer: ListProductivityResponse,
  })
  list(@Query() query: ProductivityQuery): Promise<ListProductivityResponse> {
    return this.peers.productivity.listProductivity(ListProductivityRequest.fromPartial(query));
  }
}
