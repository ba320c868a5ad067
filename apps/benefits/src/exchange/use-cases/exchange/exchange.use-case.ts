import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { answerOf, exchangeIdOf, offerNotOpen, type Exchange } from '../../domain/exchange';
import { unitsOf } from '../../domain/exchange-offer';
import { ExchangeCommitter } from '../../exchange-committer';
import { ExchangeOffers } from '../../exchange-offers';
import { ExchangeSettler } from '../../exchange-settler';
import { ExchangeRepository } from '../../repositories/exchange.repository';
import type { ExchangeInput } from './exchange.request';

/**
 * Exchanges points and benefits into one another 兑换: both sides or neither. What is given is taken with the opening of the exchange;
 * then the other side is granted, and if that is refused, the given side comes back.
 */
@Injectable()
export class ExchangeUseCase {
  constructor(
    private readonly offers: ExchangeOffers,
    private readonly exchanges: ExchangeRepository,
    private readonly committer: ExchangeCommitter,
    private readonly settler: ExchangeSettler,
  ) {}

  /**
   * @throws OFFER_NOT_OPEN, DAILY_LIMIT_REACHED, CUSTOMER_DAILY_LIMIT_REACHED, PERSON_PROFILES_TOO_MANY, REQUEST_ID_REUSED, those of taking the given side
   * and, with the given side back, those of granting the other
   */
  async execute({ requestId, offerId, customerId, ...given }: ExchangeInput): Promise<Exchange> {
    const exchangeId = exchangeIdOf(customerId, requestId);
    const instanceIds = given.instanceId ? [...new Set([given.instanceId, ...given.instanceIds])] : given.instanceIds;
    const asked = { offerId, instanceIds };
    const offer = await this.offers.findOpen(offerId);
    const needed = offer ? unitsOf(offer.terms.give) : instanceIds.length;
    if (instanceIds.length !== needed) {
      throw invalid([{ field: 'instanceIds', description: `must name what the offer takes: ${needed} benefits` }]);
    }
    const command = offer && { exchangeId, offer, customerId, instanceIds };
    const opened = answerOf(await (command ? this.committer.open(command) : this.getEarlier(exchangeId)), asked);
    return opened.state === 'open' ? answerOf(await this.settler.settle(opened), asked) : opened;
  }

  /** Who asks again is told the first result, though the offer is over. */
  private async getEarlier(exchangeId: string): Promise<Exchange> {
    const earlier = (await this.exchanges.findMany([exchangeId])).get(exchangeId);
    if (!earlier) throw offerNotOpen();
    return earlier;
  }
}
