import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  GetStatementRequest,
  ListSettlementBatchesRequest,
  RunSettlementRequest,
} from '@tidegate/contracts/merchants/v1/merchants';
import { Access, RequestId } from '../../access/access.decorator';
import { denied } from '../../access/access-errors';
import { MAKER, READER } from '../../access/access-rules';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../gateway.config';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import { ListSettlementBatchesResponse, RunSettlementResponse } from '../../responses/merchants/settlement.response';
import { GetStatementResponse } from '../../responses/merchants/statement.response';
import { BatchesQuery, RunSettlementBody } from './settlements.request';

@ApiTags('Settlement')
@Controller('admin/v1')
export class AdminSettlementsController {
  constructor(
    private readonly peers: Peers,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Post('settlements')
  @Access(MAKER)
  @Endpoint({
    summary: 'Prepares the T+1 batches of a business day for every merchant, once; a second person releases them.',
    answer: RunSettlementResponse,
    reasons: ['BUSINESS_DAY_OPEN', 'NOT_A_BUSINESS_DAY', 'FORCED_SETTLEMENT_NOT_ALLOWED', 'HEAD_OFFICE_ONLY'],
  })
  run(@Body() body: RunSettlementBody, @RequestId() requestId: string): Promise<RunSettlementResponse> {
    if (body.isForced && this.config.isProduction) {
      throw denied('FORCED_SETTLEMENT_NOT_ALLOWED', 'An open day is not settled in production.');
    }
    return this.peers.merchants.runSettlement(RunSettlementRequest.fromPartial({ ...body, requestId }), LONG);
  }

  @Get('settlement-batches')
  @Access(READER)
  @Endpoint({ summary: 'Pages batches, newest first.', answer: ListSettlementBatchesResponse })
  list(@Query() query: BatchesQuery): Promise<ListSettlementBatchesResponse> {
    return this.peers.merchants.listSettlementBatches(ListSettlementBatchesRequest.fromPartial(query));
  }

  @Get('settlement-batches/:batchId/statement')
  @Access(READER)
  @Endpoint({ summary: 'A batch’s statement 对账单.', answer: GetStatementResponse, reasons: ['BATCH_NOT_FOUND'] })
  statement(@Param('batchId', IdPipe) batchId: string, @Query() page: PageQuery): Promise<GetStatementResponse> {
    return this.peers.merchants.getStatement(GetStatementRequest.fromPartial({ ...page, batchId }));
  }
}
