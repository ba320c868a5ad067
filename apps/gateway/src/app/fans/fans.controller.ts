import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  FollowRequest,
  ListFanTargetsRequest,
  ListFollowsRequest,
  UnfollowRequest,
} from '@tidegate/contracts/benefits/v1/fans';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  FollowResponse,
  ListFanTargetsResponse,
  ListFollowsResponse,
  UnfollowResponse,
} from '../../responses/benefits/fan.response';
import { FollowBody, TargetBody } from './fans.request';

@ApiTags('Fans')
@Controller('app/v1')
export class AppFansController {
  constructor(private readonly peers: Peers) {}

  @Get('fan-targets')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'Pages outlets and stores that can be followed.', answer: ListFanTargetsResponse })
  listTargets(@Query() page: PageQuery): Promise<ListFanTargetsResponse> {
    return this.peers.fans.listFanTargets(ListFanTargetsRequest.fromPartial(page));
  }

  @Get('follows')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'Pages what the customer follows, newest first.', answer: ListFollowsResponse })
  list(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListFollowsResponse> {
    return this.peers.fans.listFollows(ListFollowsRequest.fromPartial({ ...page, customerId: actor.id }));
  }

  @Post('follows')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'Follows an outlet or store.', answer: FollowResponse, reasons: ['TARGET_NOT_FOUND'] })
  follow(@Body() body: FollowBody, @Caller() actor: Actor, @RequestId() requestId: string): Promise<FollowResponse> {
    return this.peers.fans.follow(FollowRequest.fromPartial({ ...body, requestId, customerId: actor.id }));
  }

  @Post('follows/end')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'Ends following.', answer: UnfollowResponse, reasons: ['TARGET_NOT_FOUND'] })
  unfollow(
    @Body() body: TargetBody,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<UnfollowResponse> {
    return this.peers.fans.unfollow(UnfollowRequest.fromPartial({ ...body, requestId, customerId: actor.id }));
  }
}
