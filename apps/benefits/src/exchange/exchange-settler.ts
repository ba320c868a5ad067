import { Injectable } from '@nestjs/common';
import { DomainError, isRetryable } from '@tidegate/errors';
import { BenefitGranter } from '../granting/benefit-granter';
import { unitIdsOf } from '../granting/decide-claim';
import type { Exchange, GrantOutcome } from './domain/exchange';
import { unitsOf } from './domain/exchange-offer';
import { ExchangeCommitter } from './exchange-committer';
import { EXCHANGE_CAUSE } from './exchange-grants';

/**
 * Ends an open exchange: grants its other side and uses up what was given, or puts that back. A crash in between leaves it open; a
 * benefit is granted under the exchange's own id, so that doing it again grants nothing twice. Several may be at it at once: where one was
 * refused what another was granted, it is granted.
 */
@Injectable()
export class ExchangeSettler {
  constructor(
    private readonly committer: ExchangeCommitter,
    private readonly granter: BenefitGranter,
  ) {}

  async settle(exchange: Exchange): Promise<Exchange> {
    return this.committer.settle(exchange.exchangeId, await this.grant(exchange));
  }

  /** Benefits are granted by a commit of their own, all or none; points are granted with the end of the exchange. */
  private async grant({ get, exchangeId, customerId }: Exchange): Promise<GrantOutcome> {
    if (get.kind === 'points') return { outcome: 'granted', instanceIds: [] };
    try {
      const count = unitsOf(get);
      const command = { requestId: exchangeId, stockId: get.stockId, customerId, cause: EXCHANGE_CAUSE, count };
      const { instanceId } = await this.granter.grant(command);
      return { outcome: 'granted', instanceIds: unitIdsOf(instanceId, count) };
    } catch (error) {
      const reason = error instanceof DomainError ? error.reason : 'INTERNAL';
      const isPassing = isRetryable(error) || (error instanceof DomainError && error.code === 'RESOURCE_EXHAUSTED');
      return { outcome: isPassing ? 'failed' : 'refused', reason };
    }
  }
}
