import type { Definition } from '../../definitions/domain/definition';
import { aDefinition } from '../../definitions/testing/definition.factory';
import type { ExchangeOffer, ExchangeSide, ExchangeTerms } from '../domain/exchange-offer';

export const somePoints = (points: number): ExchangeSide => ({
  kind: 'points',
  points,
  stockId: '',
  pointsValidMonths: 12,
  count: 0,
});
export const aBenefit = (stockId: string, count = 1): ExchangeSide => ({
  kind: 'benefit',
  points: 0,
  stockId,
  pointsValidMonths: 0,
  count,
});

/** 100 points for a parking benefit 积分换停车券, without limits. */
export const anExchangeOffer = (
  terms: Partial<ExchangeTerms> = {},
  definition: Partial<Definition> = {},
): ExchangeOffer => ({
  definition: aDefinition({
    definitionId: 'points-for-parking',
    name: 'Points for parking 积分换停车券',
    ...definition,
  }),
  terms: {
    give: somePoints(100),
    get: aBenefit('parking'),
    dailyLimit: 0,
    dailyLimitPerCustomer: 0,
    timeZone: 'Asia/Shanghai',
    ...terms,
  },
});
