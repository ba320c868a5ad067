import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CreateNameListRequest,
  DispatchNameListRequest,
  ListNameListMembersRequest,
  ListNameListsRequest,
} from '@tidegate/contracts/campaigns/v1/campaigns';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import { ListNameListMembersResponse } from '../../responses/campaigns/name-list-member.response';
import {
  CancelNameListResponse,
  CreateNameListResponse,
  DispatchNameListResponse,
  GetNameListResponse,
  ListNameListsResponse,
} from '../../responses/campaigns/name-list.response';
import { CreateNameListBody, DispatchBody, NameListMembersQuery, NameListsQuery } from './name-lists.request';

@ApiTags('Name lists')
@Controller('admin/v1/name-lists')
export class AdminNameListsController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(MAKER)
  @Endpoint({
    summary: 'Builds a name list 名单 from a segment or a CSV file in the background, screened.',
    answer: CreateNameListResponse,
    status: 202,
    reasons: ['STRATEGY_NOT_FOUND', 'STRATEGY_NOT_PUBLISHED', 'SEGMENT_NOT_FOUND'],
  })
  create(@Body() body: CreateNameListBody, @RequestId() requestId: string): Promise<CreateNameListResponse> {
    return this.peers.campaigns.createNameList(CreateNameListRequest.fromPartial({ ...body, requestId }), LONG);
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages lists of the caller’s organisation, newest first.', answer: ListNameListsResponse })
  list(@Query() query: NameListsQuery): Promise<ListNameListsResponse> {
    return this.peers.campaigns.listNameLists(ListNameListsRequest.fromPartial(query));
  }

  @Get(':listId')
  @Access(READER)
  @Endpoint({ summary: 'State and progress.', answer: GetNameListResponse, reasons: ['NAME_LIST_NOT_FOUND'] })
  get(@Param('listId', IdPipe) listId: string): Promise<GetNameListResponse> {
    return this.peers.campaigns.getNameList({ listId });
  }

  @Get(':listId/members')
  @Access(READER)
  @Endpoint({
    summary: 'Pages members: who was screened out and why, and who has whom.',
    answer: ListNameListMembersResponse,
    reasons: ['NAME_LIST_NOT_FOUND'],
  })
  members(
    @Param('listId', IdPipe) listId: string,
    @Query() query: NameListMembersQuery,
  ): Promise<ListNameListMembersResponse> {
    return this.peers.campaigns.listNameListMembers(ListNameListMembersRequest.fromPartial({ ...query, listId }));
  }

  @Post(':listId/dispatch')
  @Access(MAKER)
  @Endpoint({
    summary: 'Hands a ready list to arbitration as a push; of a split one those whom somebody has.',
    answer: DispatchNameListResponse,
    status: 202,
    reasons: [
      'NAME_LIST_NOT_FOUND',
      'NAME_LIST_NOT_READY',
      'NAME_LIST_BUSY',
      'NAME_LIST_TOO_LARGE',
      'STRATEGY_NOT_PUBLISHED',
      'STRATEGY_NOT_LIVE',
      'PUSH_CANCELLED',
      'PUSH_FAILED',
    ],
  })
  dispatch(
    @Param('listId', IdPipe) listId: string,
    @Body() body: DispatchBody,
    @RequestId() requestId: string,
  ): Promise<DispatchNameListResponse> {
    const request = DispatchNameListRequest.fromPartial({ ...body, requestId, listId });
    return this.peers.campaigns.dispatchNameList(request, LONG);
  }

  @Post(':listId/cancel')
  @Access(MAKER)
  @Endpoint({
    summary: 'Stops a list that is being built, or takes back a split that is being made.',
    answer: CancelNameListResponse,
    reasons: ['NAME_LIST_NOT_FOUND', 'NAME_LIST_FINISHED'],
  })
  cancel(@Param('listId', IdPipe) listId: string, @Body() _body: NoInput): Promise<CancelNameListResponse> {
    return this.peers.campaigns.cancelNameList({ listId });
  }
}
