import type { ExchangeRecord } from '@tidegate/contracts/benefits/v1/exchange';
import type { Exchange } from './exchange';
import { shownSide } from './exchange-offer';

/** An exchange as others see it. */
export const toRecord = (exchange: Exchange): ExchangeRecord => ({
  exchangeId: exchange.exchangeId,
  offerId: exchange.offerId,
  customerId: exchange.customerId,
  give: shownSide(exchange.give),
  get: shownSide(exchange.get),
  state: exchange.state,
  reason: exchange.reason,
  givenInstanceId: exchange.givenInstanceIds[0] ?? '',
  gotInstanceId: exchange.gotInstanceIds[0] ?? '',
  givenInstanceIds: [...exchange.givenInstanceIds],
  gotInstanceIds: [...exchange.gotInstanceIds],
  createdAt: exchange.createdAt,
  settledAt: exchange.settledAt ?? undefined,
});
