import type * as rpc from '@tidegate/contracts/benefits/v1/exchange';
import { shown } from '../../http/shown';
import { Definition } from './definition.response';

/** One side of a rate. */
export class ExchangeSide implements rpc.ExchangeSide {
  @shown.text('points or benefit.') kind!: string;
  @shown.whole() points!: number;
  @shown.text('For a benefit: its stock.') stockId!: string;
  @shown.whole('For points that are got: they live to the end of the month so many on.') pointsValidMonths!: number;
  @shown.whole('For a benefit: how many of it.') count!: number;
}

/** The rate of an offer and how often it may be used. */
export class ExchangeTerms implements rpc.ExchangeTerms {
  @shown.part(() => ExchangeSide) give!: ExchangeSide | undefined;
  @shown.part(() => ExchangeSide) get!: ExchangeSide | undefined;
  @shown.whole('Over all customers; 0 for none.') dailyLimit!: number;
  @shown.whole('0 for none.') dailyLimitPerCustomer!: number;
  @shown.text('IANA name.') timeZone!: string;
}

/** An offer of exchange 兑换. */
export class ExchangeOffer implements rpc.ExchangeOffer {
  @shown.part(() => Definition) definition!: Definition | undefined;
  @shown.part(() => ExchangeTerms) terms!: ExchangeTerms | undefined;
}

export class CreateExchangeOfferResponse implements rpc.CreateExchangeOfferResponse {
  @shown.part(() => ExchangeOffer) offer!: ExchangeOffer | undefined;
}

export class MoveExchangeOfferResponse implements rpc.MoveExchangeOfferResponse {
  @shown.part(() => ExchangeOffer) offer!: ExchangeOffer | undefined;
}

export class ListExchangeOffersResponse implements rpc.ListExchangeOffersResponse {
  @shown.parts(() => ExchangeOffer) offers!: ExchangeOffer[];
  @shown.text() nextPageToken!: string;
}

/** One exchange and what became of it. */
export class ExchangeRecord implements rpc.ExchangeRecord {
  @shown.text() exchangeId!: string;
  @shown.text() offerId!: string;
  @shown.text() customerId!: string;
  @shown.part(() => ExchangeSide) give!: ExchangeSide | undefined;
  @shown.part(() => ExchangeSide) get!: ExchangeSide | undefined;
  @shown.text('One of: open (the other side is on its way), done, refused (what was given is back).') state!: string;
  @shown.text('Why it was refused.') reason!: string;
  @shown.text('The first benefit that was given; empty for points.') givenInstanceId!: string;
  @shown.text('The first benefit that was got; empty for points.') gotInstanceId!: string;
  @shown.time() createdAt!: Date | undefined;
  @shown.time() settledAt!: Date | undefined;
  @shown.texts('All benefits that were given.') givenInstanceIds!: string[];
  @shown.texts('All benefits that were got.') gotInstanceIds!: string[];
}

export class ExchangeResponse implements rpc.ExchangeResponse {
  @shown.part(() => ExchangeRecord) exchange!: ExchangeRecord | undefined;
}

export class ListExchangesResponse implements rpc.ListExchangesResponse {
  @shown.parts(() => ExchangeRecord) exchanges!: ExchangeRecord[];
  @shown.text() nextPageToken!: string;
}
