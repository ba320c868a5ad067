import { Controller, Get, Param, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ListNameListMembersRequest } from '@tidegate/contracts/campaigns/v1/campaigns';
import { AppendNameListContentRequest, ListNameListErrorsRequest } from '@tidegate/contracts/campaigns/v1/name_lists';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { CSV_TYPE } from '../../http/body.hook';
import { CONTENT_BYTES_MAX, forwardContent } from '../imports/import-content';
import { replyCsv } from '../../http/csv-reply';
import { IdPipe } from '../../http/id.pipe';
import { LargePageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import { ListNameListErrorsResponse } from '../../responses/campaigns/name-list-error.response';
import { GetNameListMemberResponse } from '../../responses/campaigns/name-list-member.response';
import { NameListStepResponse } from '../../responses/campaigns/name-list-step.response';
import { MEMBER_COLUMNS, memberLine } from './member-line';
import { MemberFileQuery } from './name-lists.request';

const PAGE_SIZE = 5_000;

@ApiTags('Name lists')
@Controller('admin/v1/name-lists')
export class AdminNameListFilesController {
  constructor(private readonly peers: Peers) {}

  @Put(':listId/content')
  @Access(MAKER)
  @Endpoint({
    summary: 'Sends the CSV file of a list; the same file may be sent again after a break.',
    answer: NameListStepResponse,
    status: 202,
    consumes: [CSV_TYPE],
    bodyBytesMax: CONTENT_BYTES_MAX,
    reasons: [
      'NAME_LIST_NOT_FOUND',
      'NAME_LIST_NOT_RECEIVING',
      'NAME_LIST_CHUNK_OUT_OF_ORDER',
      'NAME_LIST_CONTENT_DIFFERS',
      'NAME_LIST_TOO_LARGE',
    ],
  })
  @ApiBody({
    required: true,
    schema: {
      type: 'string',
      description: 'UTF-8 with a header line: external_id or customer_id, and agent_id if wanted; others are ignored.',
    },
  })
  async upload(@Param('listId', IdPipe) listId: string, @Req() request: FastifyRequest): Promise<NameListStepResponse> {
    return forwardContent(request, (chunk) =>
      this.peers.nameLists.appendNameListContent(AppendNameListContentRequest.fromPartial({ listId, ...chunk }), LONG),
    );
  }

  @Get(':listId/errors')
  @Access(READER)
  @Endpoint({
    summary: 'Pages the refused lines of a list’s file, with line number and reason.',
    answer: ListNameListErrorsResponse,
    reasons: ['NAME_LIST_NOT_FOUND'],
  })
  errors(@Param('listId', IdPipe) listId: string, @Query() page: LargePageQuery): Promise<ListNameListErrorsResponse> {
    return this.peers.nameLists.listNameListErrors(ListNameListErrorsRequest.fromPartial({ ...page, listId }));
  }

  @Get(':listId/members/:customerId')
  @Access(READER)
  @Endpoint({
    summary: 'One customer in the list: passed or why not, and who has him.',
    answer: GetNameListMemberResponse,
    reasons: ['NAME_LIST_NOT_FOUND', 'NAME_LIST_NOT_READY', 'NAME_LIST_MEMBER_NOT_FOUND'],
  })
  member(
    @Param('listId', IdPipe) listId: string,
    @Param('customerId', IdPipe) customerId: string,
  ): Promise<GetNameListMemberResponse> {
    return this.peers.nameLists.getNameListMember({ listId, customerId });
  }

  @Get(':listId/members.csv')
  @Access(READER)
  @Endpoint({
    summary: 'The members as a CSV file, streamed.',
    status: 200,
    reasons: ['NAME_LIST_NOT_FOUND'],
  })
  @ApiProduces(CSV_TYPE)
  @ApiOkResponse({ description: `Columns: ${MEMBER_COLUMNS.join(', ')}.`, schema: { type: 'string' } })
  download(
    @Param('listId', IdPipe) listId: string,
    @Query() query: MemberFileQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return replyCsv(reply, `name-list-${listId}.csv`, MEMBER_COLUMNS, async (pageToken) => {
      const request = ListNameListMembersRequest.fromPartial({ ...query, listId, pageSize: PAGE_SIZE, pageToken });
      const { members, nextPageToken } = await this.peers.campaigns.listNameListMembers(request, LONG);
      return { lines: members.map(memberLine).join(''), nextPageToken };
    });
  }
}
