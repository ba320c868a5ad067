import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/exchange';
import { actorOf, GrpcController, requireSelf, validated, type Handlers } from '@tidegate/grpc';
import { CustomerPageInput, MoveDefinitionInput, PageInput } from '../definitions/definition.request';
import { shownOffer } from './domain/exchange-offer';
import { toRecord } from './domain/exchange-record';
import { ExchangeOffers } from './exchange-offers';
import { CreateExchangeOfferInput } from './use-cases/create-exchange-offer/create-exchange-offer.request';
import { ExchangeInput } from './use-cases/exchange/exchange.request';
import { ExchangeUseCase } from './use-cases/exchange/exchange.use-case';
import { ListExchangesUseCase } from './use-cases/list-exchanges/list-exchanges.use-case';

/** Every gRPC inlet of exchange: validate, call, map. */
@GrpcController(rpc.ExchangeServiceService)
export class ExchangeController implements Handlers<typeof rpc.ExchangeServiceService> {
  constructor(
    private readonly offers: ExchangeOffers,
    private readonly exchangeUseCase: ExchangeUseCase,
    private readonly listExchangesUseCase: ListExchangesUseCase,
  ) {}

  async createExchangeOffer(
    request: rpc.CreateExchangeOfferRequest,
    metadata: Metadata,
  ): Promise<rpc.CreateExchangeOfferResponse> {
    const { requestId, offer } = validated(CreateExchangeOfferInput, request);
    return { offer: shownOffer(await this.offers.create(actorOf(metadata), requestId, offer)) };
  }

  async moveExchangeOffer(
    request: rpc.MoveExchangeOfferRequest,
    metadata: Metadata,
  ): Promise<rpc.MoveExchangeOfferResponse> {
    return { offer: shownOffer(await this.offers.move(actorOf(metadata), validated(MoveDefinitionInput, request))) };
  }

  async listExchangeOffers(
    request: rpc.ListExchangeOffersRequest,
    metadata: Metadata,
  ): Promise<rpc.ListExchangeOffersResponse> {
    const { items, nextPageToken } = await this.offers.list(actorOf(metadata), validated(PageInput, request));
    return { offers: items.map(shownOffer), nextPageToken };
  }

  async exchange(request: rpc.ExchangeRequest, metadata: Metadata): Promise<rpc.ExchangeResponse> {
    const input = validated(ExchangeInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return { exchange: toRecord(await this.exchangeUseCase.execute(input)) };
  }

  async listExchanges(request: rpc.ListExchangesRequest, metadata: Metadata): Promise<rpc.ListExchangesResponse> {
    const input = validated(CustomerPageInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    const { exchanges, nextPageToken } = await this.listExchangesUseCase.execute(input);
    return { exchanges: exchanges.map(toRecord), nextPageToken };
  }
}
