import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListStoresRequest, PutClerkRequest, PutStoreRequest } from '@tidegate/contracts/merchants/v1/merchants';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ClerkBody } from '../../requests/clerk.request';
import { ListStoresResponse, PutClerkResponse, PutStoreResponse } from '../../responses/merchants/store.response';
import { StoreBody } from './merchants.request';

@ApiTags('Merchants')
@Controller('admin/v1/merchants/:merchantId/stores')
export class AdminStoresController {
  constructor(private readonly peers: Peers) {}

  @Put(':storeId')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Creates or replaces a store.',
    answer: PutStoreResponse,
    reasons: ['MERCHANT_NOT_FOUND', 'ORG_UNIT_NOT_FOUND', 'OUTLET_NOT_OF_MERCHANT', 'CIRCLE_NOT_FOUND'],
  })
  putStore(
    @Param('merchantId', IdPipe) merchantId: string,
    @Param('storeId', IdPipe) storeId: string,
    @Body() { isOpen = true, ...body }: StoreBody,
    @RequestId() requestId: string,
  ): Promise<PutStoreResponse> {
    const store = { ...body, isOpen, merchantId, storeId };
    return this.peers.merchants.putStore(PutStoreRequest.fromPartial({ requestId, store }));
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages a merchant’s stores.', answer: ListStoresResponse })
  list(@Param('merchantId', IdPipe) merchantId: string, @Query() page: PageQuery): Promise<ListStoresResponse> {
    return this.peers.merchants.listStores(ListStoresRequest.fromPartial({ ...page, merchantId }));
  }

  @Put(':storeId/clerks/:clerkId')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Creates or replaces a clerk of a store.',
    answer: PutClerkResponse,
    reasons: ['STORE_NOT_FOUND'],
  })
  putClerk(
    @Param('merchantId', IdPipe) merchantId: string,
    @Param('storeId', IdPipe) storeId: string,
    @Param('clerkId', IdPipe) clerkId: string,
    @Body() { name, isActive = true }: ClerkBody,
    @RequestId() requestId: string,
  ): Promise<PutClerkResponse> {
    const clerk = { name, isActive, merchantId, storeId, clerkId };
    return this.peers.merchants.putClerk(PutClerkRequest.fromPartial({ requestId, clerk }));
  }
}
