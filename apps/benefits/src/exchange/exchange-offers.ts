import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { DefinitionDesk } from '../definitions/definition-desk';
import type { ExchangeOffer, ExchangeTerms } from './domain/exchange-offer';

/** The offers of exchange. */
@Injectable()
export class ExchangeOffers extends DefinitionDesk<ExchangeTerms> {
  constructor(mongo: Mongo, clock: Clock) {
    super(mongo, clock, 'exchange_offers');
  }

  /** @throws OFFER_NOT_OPEN */
  async getOpen(offerId: string): Promise<ExchangeOffer> {
    const offer = await this.findOpen(offerId);
    if (!offer) throw notFound('OFFER_NOT_OPEN', 'There is no such offer now.');
    return offer;
  }
}
