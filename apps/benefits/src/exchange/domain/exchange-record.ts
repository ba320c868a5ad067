import type { ExchangeRecord } from '@tidegate/contracts/benefits/v1/exchange';
import type { Exchange } from './exchange';

/** An exchange as others see it. */
export const toRecord = (exchange: Exchange): ExchangeRecord => ({
  exchangeId: exchange.exchangeId,
  offerId: exchange.offerId,
  customerId: exchange.customerId,
  give: exchange.give,
  get: exchange.get,
  state: exchange.state,
  reason: exchange.reason,
  givenInstanceId: exchange.givenInstanceId,
  gotInstanceId: exchange.gotInstanceId,
  createdAt: exchange.createdAt,
  settledAt: exchange.settledAt ?? undefined,
});
