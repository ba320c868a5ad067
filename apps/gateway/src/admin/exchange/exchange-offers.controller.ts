import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateExchangeOfferRequest, ListExchangeOffersRequest } from '@tidegate/contracts/benefits/v1/exchange';
import { Access, RequestId } from '../../access/access.decorator';
import { CHECKER, MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { MoveDefinitionBody } from '../../requests/definition.request';
import {
  CreateExchangeOfferResponse,
  ListExchangeOffersResponse,
  MoveExchangeOfferResponse,
} from '../../responses/benefits/exchange.response';
import { CREATE_REASONS, MOVE_REASONS } from '../definition-reasons';
import { ExchangeOfferBody } from './exchange-offers.request';

@ApiTags('Exchange')
@Controller('admin/v1/exchange-offers')
export class AdminExchangeOffersController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(MAKER)
  @Endpoint({
    summary: 'Makes an offer of exchange 兑换 as a draft; somebody else approves it.',
    answer: CreateExchangeOfferResponse,
    status: 201,
    reasons: CREATE_REASONS,
  })
  create(@Body() offer: ExchangeOfferBody, @RequestId() requestId: string): Promise<CreateExchangeOfferResponse> {
    return this.peers.exchange.createExchangeOffer(CreateExchangeOfferRequest.fromPartial({ requestId, offer }));
  }

  @Get()
  @Access(READER)
  @Endpoint({
    summary: 'Pages offers of exchange, newest first.',
    answer: ListExchangeOffersResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  list(@Query() page: PageQuery): Promise<ListExchangeOffersResponse> {
    return this.peers.exchange.listExchangeOffers(ListExchangeOffersRequest.fromPartial(page));
  }

  @Post(':definitionId/moves')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Approves or retires an offer of exchange 兑换.',
    answer: MoveExchangeOfferResponse,
    reasons: MOVE_REASONS,
  })
  move(
    @Param('definitionId', IdPipe) definitionId: string,
    @Body() { move }: MoveDefinitionBody,
    @RequestId() requestId: string,
  ): Promise<MoveExchangeOfferResponse> {
    return this.peers.exchange.moveExchangeOffer({ requestId, definitionId, move });
  }
}
