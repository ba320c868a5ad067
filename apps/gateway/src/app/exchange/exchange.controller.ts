import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ExchangeRequest,
  ListExchangeOffersRequest,
  ListExchangesRequest,
} from '@tidegate/contracts/benefits/v1/exchange';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  ExchangeResponse,
  ListExchangeOffersResponse,
  ListExchangesResponse,
} from '../../responses/benefits/exchange.response';
import { CLAIM_REASONS } from '../wallet/stocks.controller';
import { ExchangeBody } from './exchange.request';

/** The other side is granted as a claim is. */
const EXCHANGE_REASONS = [
  'OFFER_NOT_OPEN',
  'CUSTOMER_DAILY_LIMIT_REACHED',
  'POINTS_INSUFFICIENT',
  'INSTANCE_NOT_FOUND',
  'INSTANCE_NOT_AVAILABLE',
  'INSTANCE_NOT_OF_OFFER',
  'INSTANCE_EXPIRED',
  'INSTANCE_PARTLY_USED',
  ...CLAIM_REASONS,
];

@ApiTags('Exchange')
@Controller('app/v1')
export class AppExchangeController {
  constructor(private readonly peers: Peers) {}

  @Get('exchange-offers')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Pages the offers that hold now.',
    answer: ListExchangeOffersResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  offers(@Query() page: PageQuery): Promise<ListExchangeOffersResponse> {
    return this.peers.exchange.listExchangeOffers(ListExchangeOffersRequest.fromPartial(page));
  }

  @Post('exchange-offers/:offerId/exchanges')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Exchanges points or benefits at the rate of the offer 兑换: both sides or neither.',
    answer: ExchangeResponse,
    status: 201,
    reasons: EXCHANGE_REASONS,
  })
  exchange(
    @Param('offerId', IdPipe) offerId: string,
    @Body() { instanceId, instanceIds }: ExchangeBody,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<ExchangeResponse> {
    const request = ExchangeRequest.fromPartial({ requestId, offerId, customerId: actor.id, instanceId, instanceIds });
    return this.peers.exchange.exchange(request);
  }

  @Get('exchanges')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Pages the own exchanges, newest first.',
    answer: ListExchangesResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  list(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListExchangesResponse> {
    return this.peers.exchange.listExchanges(ListExchangesRequest.fromPartial({ ...page, customerId: actor.id }));
  }
}
