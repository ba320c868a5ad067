import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GetStatementRequest, ListSettlementBatchesRequest } from '@tidegate/contracts/merchants/v1/merchants';
import { notFound } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { Access, Caller } from '../../access/access.decorator';
import { MERCHANT } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { BusinessDateQuery } from '../../requests/settlement.query';
import { ListSettlementBatchesResponse } from '../../responses/merchants/settlement.response';
import { GetStatementResponse } from '../../responses/merchants/statement.response';

@ApiTags('Settlement')
@Controller('merchant/v1/settlement-batches')
export class MerchantSettlementsController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(MERCHANT)
  @Endpoint({ summary: 'Pages the own settlement batches, newest first.', answer: ListSettlementBatchesResponse })
  list(@Query() query: BusinessDateQuery, @Caller() actor: Actor): Promise<ListSettlementBatchesResponse> {
    const request = ListSettlementBatchesRequest.fromPartial({ ...query, merchantId: actor.id });
    return this.peers.merchants.listSettlementBatches(request);
  }

  @Get(':batchId/statement')
  @Access(MERCHANT)
  @Endpoint({ summary: 'A batch’s statement 对账单.', answer: GetStatementResponse, reasons: ['BATCH_NOT_FOUND'] })
  async statement(
    @Param('batchId', IdPipe) batchId: string,
    @Query() page: PageQuery,
    @Caller() actor: Actor,
  ): Promise<GetStatementResponse> {
    const statement = await this.peers.merchants.getStatement(GetStatementRequest.fromPartial({ ...page, batchId }));
    // Money of others: checked here as well as there.
    if (statement.batch?.merchantId !== actor.id) throw notFound('BATCH_NOT_FOUND', 'There is no such batch.');
    return statement;
  }
}
