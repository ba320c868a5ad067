import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateStockRequest, ListStocksRequest } from '@tidegate/contracts/benefits/v1/benefits';
import { DomainError } from '@tidegate/errors';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  CreateStockResponse,
  GetStockResponse,
  ListStocksResponse,
  SetStockStateResponse,
} from '../../responses/benefits/stock.response';
import { requireBankFunders } from './bank-funders';
import { requireLawfulName } from './lawful-name';
import { requireMerchantFunders } from './merchant-funders';
import { StockBody, StockStateBody } from './stocks.request';

@ApiTags('Stocks')
@Controller('admin/v1/stocks')
export class AdminStocksController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(ADMIN)
  @Endpoint({
    summary: 'Creates a stock 批次.',
    answer: CreateStockResponse,
    status: 201,
    reasons: ['STOCK_EXISTS', 'FUNDER_NOT_FOUND', 'FUNDER_NOT_ACTIVE', 'ORG_UNIT_NOT_FOUND', 'COPY_FORBIDDEN_PROMISE'],
  })
  async create(@Body() stock: StockBody, @RequestId() requestId: string): Promise<CreateStockResponse> {
    const request = CreateStockRequest.fromPartial({ requestId, stock });
    try {
      await requireLawfulName(this.peers, stock.name);
      await requireBankFunders(this.peers, stock.costShares);
      await requireMerchantFunders(this.peers, stock.costShares);
    } catch (refusal) {
      return this.createdBefore(request, refusal);
    }
    return this.peers.benefits.createStock(request);
  }

  /** A repeat is told its first answer, also when the word list, a merchant or the organisation has changed meanwhile. */
  private async createdBefore(request: CreateStockRequest, refusal: unknown): Promise<CreateStockResponse> {
    try {
      return await this.peers.benefits.createStock({ ...request, isRepeatOnly: true });
    } catch (error) {
      throw error instanceof DomainError && error.reason === 'STOCK_NOT_FOUND' ? refusal : error;
    }
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages stocks, newest first.', answer: ListStocksResponse })
  list(@Query() page: PageQuery): Promise<ListStocksResponse> {
    return this.peers.benefits.listStocks(ListStocksRequest.fromPartial(page));
  }

  @Get(':stockId')
  @Access(READER)
  @Endpoint({ summary: 'One stock.', answer: GetStockResponse, reasons: ['STOCK_NOT_FOUND'] })
  get(@Param('stockId', IdPipe) stockId: string): Promise<GetStockResponse> {
    return this.peers.benefits.getStock({ stockId });
  }

  @Post(':stockId/state')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Pauses a stock, opens it again or closes it for good.',
    answer: SetStockStateResponse,
    reasons: ['STOCK_NOT_FOUND', 'STOCK_CLOSED'],
  })
  setState(
    @Param('stockId', IdPipe) stockId: string,
    @Body() { state }: StockStateBody,
    @RequestId() requestId: string,
  ): Promise<SetStockStateResponse> {
    return this.peers.benefits.setStockState({ requestId, stockId, state });
  }
}
