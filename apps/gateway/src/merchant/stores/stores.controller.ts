import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListStoresRequest } from '@tidegate/contracts/merchants/v1/merchants';
import type { Actor } from '@tidegate/observability';
import { Access, Caller } from '../../access/access.decorator';
import { MERCHANT } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { GetMerchantResponse } from '../../responses/merchants/merchant.response';
import { ListStoresResponse } from '../../responses/merchants/store.response';

@ApiTags('Stores')
@Controller('merchant/v1')
export class MerchantStoresController {
  constructor(private readonly peers: Peers) {}

  @Get('profile')
  @Access(MERCHANT)
  @Endpoint({ summary: 'The merchant that signed.', answer: GetMerchantResponse })
  profile(@Caller() actor: Actor): Promise<GetMerchantResponse> {
    return this.peers.merchants.getMerchant({ merchantId: actor.id });
  }

  @Get('stores')
  @Access(MERCHANT)
  @Endpoint({ summary: 'Pages the own stores.', answer: ListStoresResponse })
  stores(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListStoresResponse> {
    return this.peers.merchants.listStores(ListStoresRequest.fromPartial({ ...page, merchantId: actor.id }));
  }
}
