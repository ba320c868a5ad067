import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListClerksRequest, PutClerkRequest } from '@tidegate/contracts/merchants/v1/merchants';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { MERCHANT } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListClerksResponse, PutClerkResponse } from '../../responses/merchants/store.response';
import { OwnClerkBody } from './clerks.request';

@ApiTags('Stores')
@Controller('merchant/v1/clerks')
export class MerchantClerksController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(MERCHANT)
  @Endpoint({ summary: 'Pages the own clerks.', answer: ListClerksResponse })
  list(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListClerksResponse> {
    return this.peers.merchants.listClerks(ListClerksRequest.fromPartial({ ...page, merchantId: actor.id }));
  }

  @Put(':clerkId')
  @Access(MERCHANT)
  @Endpoint({
    summary: 'Creates or replaces an own clerk, or stops him.',
    answer: PutClerkResponse,
    reasons: ['STORE_NOT_FOUND', 'CLERK_OF_OTHER_MERCHANT'],
  })
  put(
    @Param('clerkId', IdPipe) clerkId: string,
    @Body() { storeId, name, isActive = true }: OwnClerkBody,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<PutClerkResponse> {
    const clerk = { clerkId, merchantId: actor.id, storeId, name, isActive };
    return this.peers.merchants.putClerk(PutClerkRequest.fromPartial({ requestId, clerk }));
  }
}
