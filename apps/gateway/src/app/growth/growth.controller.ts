import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListGrowthPlansRequest, ListMissionProgressRequest } from '@tidegate/contracts/benefits/v1/growth';
import type { Actor } from '@tidegate/observability';
import { Access, Caller } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { GetGrowthResponse, ListGrowthPlansResponse } from '../../responses/benefits/growth.response';
import { ListMissionProgressResponse } from '../../responses/benefits/mission.response';

@ApiTags('Growth')
@Controller('app/v1')
export class AppGrowthController {
  constructor(private readonly peers: Peers) {}

  @Get('growth')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'The own growth value 成长值 and level in every plan.', answer: GetGrowthResponse })
  growth(@Caller() actor: Actor): Promise<GetGrowthResponse> {
    return this.peers.growth.getGrowth({ customerId: actor.id });
  }

  @Get('growth-plans')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Pages the plans that hold now, with their levels and what these bring.',
    answer: ListGrowthPlansResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  plans(@Query() page: PageQuery): Promise<ListGrowthPlansResponse> {
    return this.peers.growth.listGrowthPlans(ListGrowthPlansRequest.fromPartial(page));
  }

  @Get('missions')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Pages the missions 任务 with the own progress in each.',
    answer: ListMissionProgressResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  missions(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListMissionProgressResponse> {
    const request = ListMissionProgressRequest.fromPartial({ ...page, customerId: actor.id });
    return this.peers.growth.listMissionProgress(request);
  }
}
