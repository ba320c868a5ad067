import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AddThreadEntryRequest, ListThreadRequest } from '@tidegate/contracts/leads/v1/coordination';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ThreadEntryBody, toEntry } from '../../requests/thread-entry.request';
import { AddThreadEntryResponse, ListThreadResponse } from '../../responses/leads/thread.response';

@ApiTags('Conversation')
@Controller('app/v1/thread')
export class AppThreadController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(CUSTOMER)
  @Endpoint({ summary: 'What the customer was asked and told on every channel.', answer: ListThreadResponse })
  list(@Caller() caller: Actor, @Query() page: PageQuery): Promise<ListThreadResponse> {
    return this.peers.coordination.listThread(ListThreadRequest.fromPartial({ ...page, customerId: caller.id }));
  }

  @Post()
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Adds a note, an answer, or an application begun in the app: whoever serves him next goes on with it.',
    answer: AddThreadEntryResponse,
    status: 201,
  })
  add(
    @Caller() caller: Actor,
    @Body() body: ThreadEntryBody,
    @RequestId() requestId: string,
  ): Promise<AddThreadEntryResponse> {
    const entry = toEntry(body);
    return this.peers.coordination.addThreadEntry(
      AddThreadEntryRequest.fromPartial({ requestId, customerId: caller.id, entry }),
    );
  }
}
