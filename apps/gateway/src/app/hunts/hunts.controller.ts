import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ClaimHuntPointRequest, ListHuntsRequest } from '@tidegate/contracts/benefits/v1/hunts';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  ClaimHuntPointResponse,
  GetHuntProgressResponse,
  IssueHuntChallengeResponse,
  ListHuntsResponse,
} from '../../responses/benefits/hunt.response';
import { ClaimHuntPointBody } from './hunts.request';

@ApiTags('Hunts')
@Controller('app/v1/hunts')
export class AppHuntsController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(CUSTOMER)
  @Endpoint({ summary: 'Pages the hunts that are active, with the points on their maps.', answer: ListHuntsResponse })
  list(@Query() page: PageQuery): Promise<ListHuntsResponse> {
    return this.peers.hunts.listHunts(ListHuntsRequest.fromPartial(page));
  }

  @Get(':huntId/progress')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'What the customer found, and what it brought.',
    answer: GetHuntProgressResponse,
    reasons: ['HUNT_NOT_OPEN'],
  })
  progress(@Param('huntId', IdPipe) huntId: string, @Caller() actor: Actor): Promise<GetHuntProgressResponse> {
    return this.peers.hunts.getHuntProgress({ huntId, customerId: actor.id });
  }

  @Post(':huntId/challenges')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Issues a signed challenge for one attempt; it lives for a minute.',
    answer: IssueHuntChallengeResponse,
    status: 201,
    reasons: ['HUNT_NOT_OPEN'],
  })
  challenge(
    @Param('huntId', IdPipe) huntId: string,
    @Body() _body: NoInput,
    @Caller() actor: Actor,
  ): Promise<IssueHuntChallengeResponse> {
    return this.peers.hunts.issueHuntChallenge({ huntId, customerId: actor.id });
  }

  @Post(':huntId/points/:pointId/claims')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Claims a point where the customer stands.',
    answer: ClaimHuntPointResponse,
    status: 201,
    reasons: [
      'HUNT_NOT_OPEN',
      'POINT_NOT_FOUND',
      'CHALLENGE_INVALID',
      'CHALLENGE_EXPIRED',
      'CHALLENGE_USED',
      'POSITION_MOCKED',
      'POSITION_STALE',
      'POSITION_INACCURATE',
      'SPEED_IMPLAUSIBLE',
      'TOO_FAR',
      'POINT_CLAIMED_ALREADY',
      'DAILY_LIMIT_REACHED',
      'POINT_EXHAUSTED',
      'PERSON_PROFILES_TOO_MANY',
    ],
  })
  claim(
    @Param('huntId', IdPipe) huntId: string,
    @Param('pointId', IdPipe) pointId: string,
    @Body() body: ClaimHuntPointBody,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<ClaimHuntPointResponse> {
    const request = ClaimHuntPointRequest.fromPartial({ ...body, requestId, huntId, pointId, customerId: actor.id });
    return this.peers.hunts.claimHuntPoint(request);
  }
}
