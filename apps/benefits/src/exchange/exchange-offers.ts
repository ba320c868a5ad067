import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { DefinitionDesk } from '../definitions/definition-desk';
import type { ExchangeTerms } from './domain/exchange-offer';

/** The offers of exchange. */
@Injectable()
export class ExchangeOffers extends DefinitionDesk<ExchangeTerms> {
  constructor(mongo: Mongo, clock: Clock) {
    super(mongo, clock, 'exchange_offers');
  }
}
