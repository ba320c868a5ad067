import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListQuotasRequest, PutQuotaRequest } from '@tidegate/contracts/arbitration/v1/quotas';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { GetQuotaResponse, ListQuotasResponse, PutQuotaResponse } from '../../responses/arbitration/quota.response';
import { QuotaBody } from './quotas.request';

@ApiTags('Quotas')
@Controller('admin/v1/quotas')
export class AdminQuotasController {
  constructor(private readonly peers: Peers) {}

  @Put(':quotaId')
  @Access(MAKER)
  @Endpoint({
    summary: 'Creates a quota 额度, or changes its name and limit.',
    answer: PutQuotaResponse,
    reasons: ['VERSION_CONFLICT', 'QUOTA_BELOW_TAKEN', 'QUOTA_FIXED'],
  })
  put(
    @Param('quotaId', IdPipe) quotaId: string,
    @Body() body: QuotaBody,
    @RequestId() requestId: string,
  ): Promise<PutQuotaResponse> {
    return this.peers.quotas.putQuota(PutQuotaRequest.fromPartial({ requestId, quota: { ...body, quotaId } }));
  }

  @Get(':quotaId')
  @Access(READER)
  @Endpoint({
    summary: 'A quota with what is reserved and used.',
    answer: GetQuotaResponse,
    reasons: ['QUOTA_NOT_FOUND'],
  })
  get(@Param('quotaId', IdPipe) quotaId: string): Promise<GetQuotaResponse> {
    return this.peers.quotas.getQuota({ quotaId });
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages quotas in id order.', answer: ListQuotasResponse })
  list(@Query() page: PageQuery): Promise<ListQuotasResponse> {
    return this.peers.quotas.listQuotas(ListQuotasRequest.fromPartial(page));
  }
}
