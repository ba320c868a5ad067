import { Injectable } from '@nestjs/common';
import { refused, type DomainError } from '@tidegate/errors';
import type { Transaction } from '@tidegate/mongo';
import { ClaimEffects } from '../granting/claim-effects';
import { ExchangeRepository } from './repositories/exchange.repository';

/** The cause that the other side of an exchange is granted for. */
export const EXCHANGE_CAUSE = 'exchange';

/** The other side of an exchange that was refused is not granted any more: its given side is back. */
@Injectable()
export class ExchangeGrants {
  constructor(
    effects: ClaimEffects,
    private readonly exchanges: ExchangeRepository,
  ) {
    effects.onGrants(
      ({ cause }) => cause === EXCHANGE_CAUSE,
      (exchangeIds, tx) => this.findRefused(exchangeIds, tx),
    );
  }

  /** Open ones are touched: who refuses one meanwhile looks again, and finds what was granted. */
  private async findRefused(exchangeIds: string[], tx: Transaction): Promise<ReadonlyMap<string, DomainError>> {
    const found = [...(await this.exchanges.findMany(exchangeIds, tx)).values()];
    await this.exchanges.touch(
      found.filter(({ state }) => state === 'open'),
      tx,
    );
    const ended = found.filter(({ state }) => state === 'refused');
    return new Map(
      ended.map(({ exchangeId }) => [exchangeId, refused('EXCHANGE_REFUSED', 'The exchange was refused meanwhile.')]),
    );
  }
}
