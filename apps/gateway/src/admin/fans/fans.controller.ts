import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  GetFanGrowthRequest,
  ListFansRequest,
  ListFanTargetsRequest,
  PutFanTargetRequest,
} from '@tidegate/contracts/benefits/v1/fans';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  GetFanGrowthResponse,
  ListFansResponse,
  ListFanTargetsResponse,
  PutFanTargetResponse,
} from '../../responses/benefits/fan.response';
import { FanGrowthQuery, FansQuery, FanTargetBody } from './fans.request';
import { requireStoreOfOrg } from './store-target';

@ApiTags('Fans')
@Controller('admin/v1')
export class AdminFansController {
  constructor(private readonly peers: Peers) {}

  @Put('fan-targets')
  @Access(ADMIN)
  @Endpoint({
    summary:
      'Registers an outlet or store that can be followed, renames it, or takes a store over when its merchant has moved.',
    answer: PutFanTargetResponse,
    reasons: ['STORE_NOT_FOUND', 'TARGET_NOT_OF_ORG', 'TARGET_ORG_FIXED'],
  })
  async putTarget(@Body() target: FanTargetBody, @RequestId() requestId: string): Promise<PutFanTargetResponse> {
    if (target.kind === 'store') await requireStoreOfOrg(this.peers, target);
    return this.peers.fans.putFanTarget(PutFanTargetRequest.fromPartial({ requestId, target }));
  }

  @Get('fan-targets')
  @Access(READER)
  @Endpoint({ summary: 'Pages what can be followed, with counts of fans.', answer: ListFanTargetsResponse })
  listTargets(@Query() page: PageQuery): Promise<ListFanTargetsResponse> {
    return this.peers.fans.listFanTargets(ListFanTargetsRequest.fromPartial(page));
  }

  @Get('fans')
  @Access(READER)
  @Endpoint({
    summary: 'Pages the fans 粉丝 of an outlet or store, newest first.',
    answer: ListFansResponse,
    reasons: ['TARGET_NOT_FOUND'],
  })
  list(@Query() query: FansQuery): Promise<ListFansResponse> {
    return this.peers.fans.listFans(ListFansRequest.fromPartial(query));
  }

  @Get('fan-growth')
  @Access(READER)
  @Endpoint({
    summary: 'Growth and activity of an outlet’s or store’s fans by day.',
    answer: GetFanGrowthResponse,
    reasons: ['TARGET_NOT_FOUND'],
  })
  growth(@Query() query: FanGrowthQuery): Promise<GetFanGrowthResponse> {
    return this.peers.fans.getFanGrowth(GetFanGrowthRequest.fromPartial(query));
  }
}
