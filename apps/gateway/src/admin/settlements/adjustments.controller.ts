import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CreateAdjustmentRequest,
  ListAdjustmentsRequest,
  ListSettlementFindingsRequest,
  ListWaitingLinesRequest,
} from '@tidegate/contracts/merchants/v1/settlement';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { PageQuery } from '../../http/page.query';
import { OfMerchantQuery } from '../../requests/settlement.query';
import { CreateAdjustmentResponse, ListAdjustmentsResponse } from '../../responses/merchants/adjustment.response';
import { BusinessDay } from '../../responses/merchants/payout.response';
import { ListSettlementFindingsResponse } from '../../responses/merchants/settlement-finding.response';
import { ListWaitingLinesResponse } from '../../responses/merchants/statement.response';
import { CreateAdjustmentBody, FindingsQuery } from './settlements.request';

@ApiTags('Settlement')
@Controller('admin/v1')
export class AdminAdjustmentsController {
  constructor(private readonly peers: Peers) {}

  @Get('business-days/:date')
  @Access(READER)
  @Endpoint({ summary: 'The bank’s business day 营业日 that a calendar date belongs to.', answer: BusinessDay })
  businessDay(@Param('date', IdPipe) date: string): Promise<BusinessDay> {
    return this.peers.settlement.getBusinessDay({ date });
  }

  @Post('adjustments')
  @Access(MAKER)
  @Endpoint({
    summary: 'Corrects what a merchant is owed: in the ledger at once, paid with the next batch.',
    answer: CreateAdjustmentResponse,
    status: 201,
    reasons: ['MERCHANT_NOT_FOUND', 'ORG_UNIT_NOT_FOUND'],
  })
  create(@Body() body: CreateAdjustmentBody, @RequestId() requestId: string): Promise<CreateAdjustmentResponse> {
    return this.peers.settlement.createAdjustment(CreateAdjustmentRequest.fromPartial({ ...body, requestId }));
  }

  @Get('adjustments')
  @Access(READER)
  @Endpoint({ summary: 'Pages adjustments, newest first.', answer: ListAdjustmentsResponse })
  list(@Query() query: OfMerchantQuery): Promise<ListAdjustmentsResponse> {
    return this.peers.settlement.listAdjustments(ListAdjustmentsRequest.fromPartial(query));
  }

  @Get('merchants/:merchantId/waiting-lines')
  @Access(READER)
  @Endpoint({
    summary: 'Pages what of a merchant waits for its next batch.',
    answer: ListWaitingLinesResponse,
    reasons: ['MERCHANT_NOT_FOUND'],
  })
  waiting(
    @Param('merchantId', IdPipe) merchantId: string,
    @Query() page: PageQuery,
  ): Promise<ListWaitingLinesResponse> {
    return this.peers.settlement.listWaitingLines(ListWaitingLinesRequest.fromPartial({ ...page, merchantId }));
  }

  @Get('settlement-findings')
  @Access(READER)
  @Endpoint({
    summary: 'Pages redemptions that could not be settled as they are, newest first.',
    answer: ListSettlementFindingsResponse,
  })
  findings(@Query() query: FindingsQuery): Promise<ListSettlementFindingsResponse> {
    return this.peers.settlement.listSettlementFindings(ListSettlementFindingsRequest.fromPartial(query));
  }
}
