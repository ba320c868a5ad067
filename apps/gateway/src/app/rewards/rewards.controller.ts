import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListRewardsRequest } from '@tidegate/contracts/benefits/v1/rewards';
import type { Actor } from '@tidegate/observability';
import { Access, Caller } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListRewardsResponse } from '../../responses/benefits/reward.response';

@ApiTags('Rewards')
@Controller('app/v1/rewards')
export class AppRewardsController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Pages the own rewards, newest first: owed, granted or refused.',
    answer: ListRewardsResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  list(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListRewardsResponse> {
    return this.peers.rewards.listRewards(ListRewardsRequest.fromPartial({ ...page, customerId: actor.id }));
  }
}
