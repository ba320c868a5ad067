import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListClerksRequest } from '@tidegate/contracts/merchants/v1/merchants';
import { Access } from '../../access/access.decorator';
import { READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListClerksResponse } from '../../responses/merchants/store.response';

@ApiTags('Merchants')
@Controller('admin/v1/merchants/:merchantId/clerks')
export class AdminClerksController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages a merchant’s clerks.', answer: ListClerksResponse, reasons: ['MERCHANT_NOT_FOUND'] })
  list(@Param('merchantId', IdPipe) merchantId: string, @Query() page: PageQuery): Promise<ListClerksResponse> {
    return this.peers.merchants.listClerks(ListClerksRequest.fromPartial({ ...page, merchantId }));
  }
}
