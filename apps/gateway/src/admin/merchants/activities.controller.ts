import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListActivitiesRequest, PutActivityRequest } from '@tidegate/contracts/merchants/v1/nearby';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListActivitiesResponse, PutActivityResponse } from '../../responses/merchants/nearby.response';
import { ActivityBody } from './activities.request';

@ApiTags('Nearby')
@Controller('admin/v1/activities')
export class AdminActivitiesController {
  constructor(private readonly peers: Peers) {}

  @Put(':activityId')
  @Access(MAKER)
  @Endpoint({
    summary: 'Creates or replaces an activity that customers find nearby.',
    answer: PutActivityResponse,
    reasons: ['ORG_UNIT_NOT_FOUND', 'STORE_NOT_FOUND', 'PLAN_NOT_FOUND', 'STOCK_NOT_FOUND'],
  })
  put(
    @Param('activityId', IdPipe) activityId: string,
    @Body() body: ActivityBody,
    @RequestId() requestId: string,
  ): Promise<PutActivityResponse> {
    const activity = { ...body, activityId };
    return this.peers.nearby.putActivity(PutActivityRequest.fromPartial({ requestId, activity }));
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages activities of the own organisation.', answer: ListActivitiesResponse })
  list(@Query() page: PageQuery): Promise<ListActivitiesResponse> {
    return this.peers.nearby.listActivities(ListActivitiesRequest.fromPartial(page));
  }
}
