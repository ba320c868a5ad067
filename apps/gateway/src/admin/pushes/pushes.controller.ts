import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListPushDecisionsRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { Access } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { LargePageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  CancelPushResponse,
  GetPushResponse,
  ListPushDecisionsResponse,
} from '../../responses/arbitration/push.response';

@ApiTags('Pushes')
@Controller('admin/v1/pushes/:pushId')
export class AdminPushesController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'State and progress of a push.', answer: GetPushResponse, reasons: ['PUSH_NOT_FOUND'] })
  get(@Param('pushId', IdPipe) pushId: string): Promise<GetPushResponse> {
    return this.peers.arbitration.getPush({ pushId });
  }

  @Get('decisions')
  @Access(READER)
  @Endpoint({
    summary: 'Pages its decisions by rank, with both models’ propensities.',
    answer: ListPushDecisionsResponse,
  })
  decisions(
    @Param('pushId', IdPipe) pushId: string,
    @Query() page: LargePageQuery,
  ): Promise<ListPushDecisionsResponse> {
    return this.peers.arbitration.listPushDecisions(ListPushDecisionsRequest.fromPartial({ ...page, pushId }));
  }

  @Post('cancel')
  @Access(MAKER)
  @Endpoint({
    summary: 'Stops a push; decisions made stay.',
    answer: CancelPushResponse,
    reasons: ['PUSH_NOT_FOUND', 'PUSH_FINISHED'],
  })
  cancel(@Param('pushId', IdPipe) pushId: string, @Body() _body: NoInput): Promise<CancelPushResponse> {
    return this.peers.arbitration.cancelPush({ pushId });
  }
}
