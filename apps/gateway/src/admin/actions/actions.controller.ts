import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListActionsRequest, PutActionRequest } from '@tidegate/contracts/campaigns/v1/campaigns';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { GetActionResponse, ListActionsResponse, PutActionResponse } from '../../responses/campaigns/action.response';
import { ActionBody } from './actions.request';

@ApiTags('Actions')
@Controller('admin/v1/actions')
export class AdminActionsController {
  constructor(private readonly peers: Peers) {}

  @Put(':actionId')
  @Access(MAKER)
  @Endpoint({
    summary: 'Creates or replaces an action of the offer catalogue.',
    answer: PutActionResponse,
    reasons: [
      'RULE_INVALID',
      'SCRIPT_NOT_FOUND',
      'SCRIPT_VARIABLE_UNKNOWN',
      'SEGMENT_NOT_FOUND',
      'SEGMENTS_TOO_MANY',
      'VERSION_CONFLICT',
    ],
  })
  put(
    @Param('actionId', IdPipe) actionId: string,
    @Body() body: ActionBody,
    @RequestId() requestId: string,
  ): Promise<PutActionResponse> {
    const request = PutActionRequest.fromPartial({ requestId, action: { leverPercent: 100, ...body, actionId } });
    return this.peers.campaigns.putAction(request);
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages actions in id order.', answer: ListActionsResponse })
  list(@Query() page: PageQuery): Promise<ListActionsResponse> {
    return this.peers.campaigns.listActions(ListActionsRequest.fromPartial(page));
  }

  @Get(':actionId')
  @Access(READER)
  @Endpoint({ summary: 'One action.', answer: GetActionResponse, reasons: ['ACTION_NOT_FOUND'] })
  get(@Param('actionId', IdPipe) actionId: string): Promise<GetActionResponse> {
    return this.peers.campaigns.getAction({ actionId });
  }
}
