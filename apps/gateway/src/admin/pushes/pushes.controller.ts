import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AppendPushMembersRequest,
  ListPushDecisionsRequest,
  ListPushesRequest,
  StartPushRequest,
} from '@tidegate/contracts/arbitration/v1/arbitration';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { LargePageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  AppendPushMembersResponse,
  CancelPushResponse,
  GetPushResponse,
  ListPushDecisionsResponse,
  ListPushesResponse,
  StartPushResponse,
} from '../../responses/arbitration/push.response';
import { PushesQuery, PushMembersBody, StartPushBody } from './pushes.request';

const MEMBERS_BYTES_MAX = 512 * 1024;

@ApiTags('Pushes')
@Controller('admin/v1/pushes')
export class AdminPushesController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(MAKER)
  @Endpoint({
    summary: 'Opens a push of a strategy; its members follow.',
    answer: StartPushResponse,
    status: 201,
    reasons: ['STRATEGY_NOT_LIVE'],
  })
  start(@Body() body: StartPushBody, @RequestId() requestId: string): Promise<StartPushResponse> {
    return this.peers.arbitration.startPush(StartPushRequest.fromPartial({ ...body, requestId }));
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages a strategy’s pushes, newest first.', answer: ListPushesResponse })
  list(@Query() query: PushesQuery): Promise<ListPushesResponse> {
    return this.peers.arbitration.listPushes(ListPushesRequest.fromPartial(query));
  }

  @Post(':pushId/members')
  @Access(MAKER)
  @Endpoint({
    summary:
      'Appends members, at most 5000; the last call starts the work. A repeated call changes nothing. Customers of other parts of the organisation than the push’s are not reached (ORG_OUT_OF_SCOPE).',
    answer: AppendPushMembersResponse,
    bodyBytesMax: MEMBERS_BYTES_MAX,
    reasons: ['PUSH_NOT_FOUND', 'PUSH_STARTED', 'PUSH_CHUNK_OUT_OF_ORDER', 'PUSH_CONTENT_DIFFERS', 'PUSH_TOO_LARGE'],
  })
  append(@Param('pushId', IdPipe) pushId: string, @Body() body: PushMembersBody): Promise<AppendPushMembersResponse> {
    return this.peers.arbitration.appendPushMembers(AppendPushMembersRequest.fromPartial({ ...body, pushId }));
  }

  @Get(':pushId')
  @Access(READER)
  @Endpoint({ summary: 'State and progress of a push.', answer: GetPushResponse, reasons: ['PUSH_NOT_FOUND'] })
  get(@Param('pushId', IdPipe) pushId: string): Promise<GetPushResponse> {
    return this.peers.arbitration.getPush({ pushId });
  }

  @Get(':pushId/decisions')
  @Access(READER)
  @Endpoint({
    summary: 'Pages its decisions by rank: each with its reason, and both models’ propensities.',
    answer: ListPushDecisionsResponse,
  })
  decisions(
    @Param('pushId', IdPipe) pushId: string,
    @Query() page: LargePageQuery,
  ): Promise<ListPushDecisionsResponse> {
    return this.peers.arbitration.listPushDecisions(ListPushDecisionsRequest.fromPartial({ ...page, pushId }));
  }

  @Post(':pushId/cancel')
  @Access(MAKER)
  @Endpoint({
    summary: 'Stops a push: what has not gone out of it does not go out; leads that were made stay.',
    answer: CancelPushResponse,
    reasons: ['PUSH_NOT_FOUND', 'PUSH_FINISHED'],
  })
  cancel(@Param('pushId', IdPipe) pushId: string, @Body() _body: NoInput): Promise<CancelPushResponse> {
    return this.peers.arbitration.cancelPush({ pushId });
  }
}
