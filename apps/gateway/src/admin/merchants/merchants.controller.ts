import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListMerchantsRequest, PutMerchantRequest } from '@tidegate/contracts/merchants/v1/merchants';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  GetMerchantResponse,
  ListMerchantsResponse,
  PutMerchantResponse,
} from '../../responses/merchants/merchant.response';
import { MerchantBody } from './merchants.request';

@ApiTags('Merchants')
@Controller('admin/v1/merchants')
export class AdminMerchantsController {
  constructor(private readonly peers: Peers) {}

  @Put(':merchantId')
  @Access(MAKER)
  @Endpoint({
    summary: 'Writes a draft of a merchant, or changes one; who is paid is reviewed again.',
    answer: PutMerchantResponse,
    reasons: ['ORG_UNIT_NOT_FOUND', 'MERCHANT_CHANGE_NEEDS_REVIEW', 'OUTLET_NOT_OF_MERCHANT', 'MERCHANT_IN_PLAN'],
  })
  put(
    @Param('merchantId', IdPipe) merchantId: string,
    @Body() body: MerchantBody,
    @RequestId() requestId: string,
  ): Promise<PutMerchantResponse> {
    const request = PutMerchantRequest.fromPartial({ requestId, merchant: { ...body, merchantId } });
    return this.peers.merchants.putMerchant(request);
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages merchants of the own organisation.', answer: ListMerchantsResponse })
  list(@Query() page: PageQuery): Promise<ListMerchantsResponse> {
    return this.peers.merchants.listMerchants(ListMerchantsRequest.fromPartial(page));
  }

  @Get(':merchantId')
  @Access(READER)
  @Endpoint({ summary: 'One merchant.', answer: GetMerchantResponse, reasons: ['MERCHANT_NOT_FOUND'] })
  get(@Param('merchantId', IdPipe) merchantId: string): Promise<GetMerchantResponse> {
    return this.peers.merchants.getMerchant({ merchantId });
  }
}
