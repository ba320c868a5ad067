import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListInboxRequest, MarkMessageRequest } from '@tidegate/contracts/delivery/v1/delivery';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListInboxResponse, MarkMessageResponse } from '../../responses/delivery/inbox.response';
import { MarkRequest } from './inbox.request';

@ApiTags('Inbox')
@Controller('app/v1/inbox')
export class AppInboxController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Pages the own messages, newest first.',
    answer: ListInboxResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  list(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListInboxResponse> {
    return this.peers.delivery.listInbox(ListInboxRequest.fromPartial({ ...page, customerId: actor.id }));
  }

  @Post(':messageId/marks')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Marks a message read, clicked or dismissed; each once.',
    answer: MarkMessageResponse,
    reasons: ['MESSAGE_NOT_FOUND'],
  })
  mark(
    @Param('messageId', IdPipe) messageId: string,
    @Body() { mark }: MarkRequest,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<MarkMessageResponse> {
    return this.peers.delivery.markMessage(
      MarkMessageRequest.fromPartial({ requestId, messageId, customerId: actor.id, mark }),
    );
  }
}
