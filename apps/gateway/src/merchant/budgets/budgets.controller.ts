import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListBudgetsRequest } from '@tidegate/contracts/merchants/v1/budgets';
import type { Actor } from '@tidegate/observability';
import { Access, Caller } from '../../access/access.decorator';
import { MERCHANT } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListBudgetsResponse } from '../../responses/merchants/budget.response';

@ApiTags('Budgets')
@Controller('merchant/v1/budgets')
export class MerchantBudgetsController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(MERCHANT)
  @Endpoint({ summary: 'Pages the own budgets, with what is used.', answer: ListBudgetsResponse })
  list(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListBudgetsResponse> {
    return this.peers.budgets.listBudgets(ListBudgetsRequest.fromPartial({ ...page, merchantId: actor.id }));
  }
}
