import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ClaimBenefitRequest } from '@tidegate/contracts/benefits/v1/benefits';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ClaimBenefitResponse } from '../../responses/benefits/instance.response';
import { OfferedStockAnswer, toOfferedStock } from './offered-stock.response';
import { ClaimRequest } from './wallet.request';

export const CLAIM_REASONS = [
  'STOCK_NOT_FOUND',
  'CLAIM_NOT_STARTED',
  'CLAIM_ENDED',
  'STOCK_SOLD_OUT',
  'DAILY_LIMIT_REACHED',
  'CUSTOMER_LIMIT_REACHED',
  'PERSON_LIMIT_REACHED',
  'PERSON_PROFILES_TOO_MANY',
  'BUDGET_EXHAUSTED',
  'CODE_POOL_EMPTY',
  'BUNDLE_EMPTY',
  'STOCK_PAUSED',
  'STOCK_CLOSED',
];

@ApiTags('Stocks')
@Controller('app/v1/stocks')
export class AppStocksController {
  constructor(
    private readonly peers: Peers,
    private readonly clock: Clock,
  ) {}

  @Get(':stockId')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'What can be claimed, and when.', answer: OfferedStockAnswer, reasons: ['STOCK_NOT_FOUND'] })
  async get(@Param('stockId', IdPipe) stockId: string): Promise<OfferedStockAnswer> {
    const { stock } = await this.peers.benefits.getStock({ stockId });
    return { stock: stock && toOfferedStock(stock), serverTime: this.clock.now() };
  }

  @Post(':stockId/claims')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'Claims one benefit 领取.', answer: ClaimBenefitResponse, status: 201, reasons: CLAIM_REASONS })
  claim(
    @Param('stockId', IdPipe) stockId: string,
    @Body() { decisionId }: ClaimRequest,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<ClaimBenefitResponse> {
    const request = ClaimBenefitRequest.fromPartial({ requestId, stockId, customerId: actor.id, decisionId });
    return this.peers.benefits.claimBenefit(request);
  }
}
