import { Injectable } from '@nestjs/common';
import { DomainError, isRetryable } from '@tidegate/errors';
import { BenefitGranter } from '../granting/benefit-granter';
import type { Exchange, GrantOutcome } from './domain/exchange';
import { ExchangeCommitter } from './exchange-committer';

/**
 * Ends an open exchange: grants its other side and uses up what was given, or puts that back. A crash in between leaves it open; a
 * benefit is granted under the exchange's own id, so that doing it again grants nothing twice.
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

  /** A benefit is granted by a commit of its own; points are granted with the end of the exchange. */
  private async grant({ get, exchangeId, customerId }: Exchange): Promise<GrantOutcome> {
    if (get.kind === 'points') return { outcome: 'granted', instanceId: '' };
    try {
      const command = { requestId: exchangeId, stockId: get.stockId, customerId, cause: 'exchange' };
      return { outcome: 'granted', instanceId: (await this.granter.grant(command)).instanceId };
    } catch (error) {
      const reason = error instanceof DomainError ? error.reason : 'INTERNAL';
      const isPassing = isRetryable(error) || (error instanceof DomainError && error.code === 'RESOURCE_EXHAUSTED');
      return { outcome: isPassing ? 'failed' : 'refused', reason };
    }
  }
}
