import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListBudgetsRequest, PutBudgetRequest } from '@tidegate/contracts/merchants/v1/budgets';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListBudgetsResponse, PutBudgetResponse } from '../../responses/merchants/budget.response';
import { BudgetBody } from './budgets.request';

@ApiTags('Budgets')
@Controller('admin/v1/merchants/:merchantId')
export class AdminBudgetsController {
  constructor(private readonly peers: Peers) {}

  @Get('budgets')
  @Access(READER)
  @Endpoint({
    summary: 'Pages the budgets of a merchant and its stores, with what is used.',
    answer: ListBudgetsResponse,
    reasons: ['MERCHANT_NOT_FOUND'],
  })
  list(@Param('merchantId', IdPipe) merchantId: string, @Query() page: PageQuery): Promise<ListBudgetsResponse> {
    return this.peers.budgets.listBudgets(ListBudgetsRequest.fromPartial({ ...page, merchantId }));
  }

  @Put('budget')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Sets how much may be redeemed at a merchant, over all its stores.',
    answer: PutBudgetResponse,
    reasons: ['MERCHANT_NOT_FOUND', 'BUDGET_CURRENCY_FIXED'],
  })
  putOfMerchant(
    @Param('merchantId', IdPipe) merchantId: string,
    @Body() body: BudgetBody,
    @RequestId() requestId: string,
  ): Promise<PutBudgetResponse> {
    const budget = { ...body, merchantId };
    return this.peers.budgets.putBudget(PutBudgetRequest.fromPartial({ requestId, budget }));
  }

  @Put('stores/:storeId/budget')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Sets how much may be redeemed at a store.',
    answer: PutBudgetResponse,
    reasons: ['MERCHANT_NOT_FOUND', 'STORE_NOT_FOUND', 'BUDGET_CURRENCY_FIXED'],
  })
  putOfStore(
    @Param('merchantId', IdPipe) merchantId: string,
    @Param('storeId', IdPipe) storeId: string,
    @Body() body: BudgetBody,
    @RequestId() requestId: string,
  ): Promise<PutBudgetResponse> {
    const budget = { ...body, merchantId, storeId };
    return this.peers.budgets.putBudget(PutBudgetRequest.fromPartial({ requestId, budget }));
  }
}
