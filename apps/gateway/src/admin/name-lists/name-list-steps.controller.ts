import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  HandDownNameListRequest,
  ListNameListAdjustmentsRequest,
  SplitNameListRequest,
} from '@tidegate/contracts/campaigns/v1/name_lists';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  GetNameListSplitResponse,
  ListNameListAdjustmentsResponse,
} from '../../responses/campaigns/name-list-split.response';
import { NameListStepResponse } from '../../responses/campaigns/name-list-step.response';
import { HandDownBody, SplitBody } from './name-list-steps.request';

@ApiTags('Name lists')
@Controller('admin/v1/name-lists')
export class AdminNameListStepsController {
  constructor(private readonly peers: Peers) {}

  @Post(':listId/split')
  @Access(MAKER)
  @Endpoint({
    summary: 'Splits a ready list to people in the background; again with another plan until it is dispatched.',
    answer: NameListStepResponse,
    status: 202,
    reasons: [
      'NAME_LIST_NOT_FOUND',
      'NAME_LIST_NOT_READY',
      'NAME_LIST_BUSY',
      'TEAM_NOT_FOUND',
      'TEAM_OF_OTHER_ORG',
      'RELATION_UNKNOWN',
      'PERSON_REPEATED',
      'PEOPLE_TOO_MANY',
    ],
  })
  split(
    @Param('listId', IdPipe) listId: string,
    @Body() body: SplitBody,
    @RequestId() requestId: string,
  ): Promise<NameListStepResponse> {
    return this.peers.nameLists.splitNameList(SplitNameListRequest.fromPartial({ ...body, requestId, listId }));
  }

  @Get(':listId/split')
  @Access(READER)
  @Endpoint({
    summary: 'The split as it stands: by person, by relation, and the unplaced by reason.',
    answer: GetNameListSplitResponse,
    reasons: ['NAME_LIST_NOT_FOUND', 'NAME_LIST_NOT_SPLIT'],
  })
  getSplit(@Param('listId', IdPipe) listId: string): Promise<GetNameListSplitResponse> {
    return this.peers.nameLists.getNameListSplit({ listId });
  }

  @Post(':listId/hand-down')
  @Access(MAKER)
  @Endpoint({
    summary: 'Hands a ready list down the organisation 下达: one list for each share.',
    answer: NameListStepResponse,
    status: 202,
    reasons: ['NAME_LIST_NOT_FOUND', 'NAME_LIST_NOT_READY', 'NAME_LIST_BUSY', 'SHARE_OUT_OF_LIST', 'SHARE_REPEATED'],
  })
  handDown(
    @Param('listId', IdPipe) listId: string,
    @Body() body: HandDownBody,
    @RequestId() requestId: string,
  ): Promise<NameListStepResponse> {
    return this.peers.nameLists.handDownNameList(HandDownNameListRequest.fromPartial({ ...body, requestId, listId }));
  }

  @Post(':listId/adjust')
  @Access(MAKER)
  @Endpoint({
    summary: 'Adjusts a dispatched split now, as the period does: recalls the untouched, gives them to others.',
    answer: NameListStepResponse,
    status: 202,
    reasons: ['NAME_LIST_NOT_FOUND', 'NAME_LIST_NOT_DISPATCHED', 'NAME_LIST_BUSY', 'STRATEGY_NOT_PUBLISHED'],
  })
  adjust(
    @Param('listId', IdPipe) listId: string,
    @Body() _body: NoInput,
    @RequestId() requestId: string,
  ): Promise<NameListStepResponse> {
    return this.peers.nameLists.adjustNameList({ requestId, listId });
  }

  @Get(':listId/adjustments')
  @Access(READER)
  @Endpoint({
    summary: 'Pages the adjustments of a list, newest first.',
    answer: ListNameListAdjustmentsResponse,
    reasons: ['NAME_LIST_NOT_FOUND'],
  })
  adjustments(
    @Param('listId', IdPipe) listId: string,
    @Query() page: PageQuery,
  ): Promise<ListNameListAdjustmentsResponse> {
    const request = ListNameListAdjustmentsRequest.fromPartial({ ...page, listId });
    return this.peers.nameLists.listNameListAdjustments(request);
  }

  @Post(':listId/close')
  @Access(MAKER)
  @Endpoint({
    summary: 'Ends the work on a list, dispatched or never to be: its people’s capacity is free again.',
    answer: NameListStepResponse,
    reasons: ['NAME_LIST_NOT_FOUND', 'NAME_LIST_NOT_DISPATCHED', 'NAME_LIST_BUSY'],
  })
  close(
    @Param('listId', IdPipe) listId: string,
    @Body() _body: NoInput,
    @RequestId() requestId: string,
  ): Promise<NameListStepResponse> {
    return this.peers.nameLists.closeNameList({ requestId, listId });
  }
}
