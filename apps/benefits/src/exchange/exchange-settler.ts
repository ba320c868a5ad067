import { Injectable } from '@nestjs/common';
import { ExchangeSettled } from '@tidegate/contracts/benefits/v1/exchange_events';
import { DomainError, isRetryable } from '@tidegate/errors';
import { event, Mongo, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { endOfMonthAfter } from '../definitions/domain/calendar-period';
import { BenefitGranter } from '../granting/benefit-granter';
import { PointsBook } from '../points/repositories/points-book';
import { settleExchange, type Exchange, type GrantOutcome } from './domain/exchange';
import { toRecord } from './domain/exchange-record';
import { countKeysOf, ExchangeRepository } from './repositories/exchange.repository';
import { GivenSide } from './repositories/given-side';

/**
 * Ends an open exchange: grants its other side and uses up what was given, or puts that back. A crash in between leaves it open; a
 * benefit is granted under the exchange's own id, so that doing it again grants nothing twice.
 */
@Injectable()
export class ExchangeSettler {
  constructor(
    private readonly mongo: Mongo,
    private readonly exchanges: ExchangeRepository,
    private readonly given: GivenSide,
    private readonly points: PointsBook,
    private readonly granter: BenefitGranter,
    private readonly clock: Clock,
  ) {}

  async settle(exchange: Exchange): Promise<Exchange> {
    const attempt = await this.grant(exchange);
    return this.mongo.transaction(async (tx) => {
      const current = (await this.exchanges.findMany([exchange.exchangeId], tx)).get(exchange.exchangeId);
      // Another replica may have ended it meanwhile.
      if (current?.state !== 'open') return current ?? exchange;
      const now = this.clock.now();
      const settled = settleExchange(current, attempt, now);
      await this.exchanges.save(settled, tx);
      if (settled.state === 'done') await this.complete(settled, now, tx);
      if (settled.state === 'refused') await this.undo(settled, now, tx);
      if (settled.state !== 'open')
        tx.emit(event(ExchangeSettled, settled.customerId, { exchange: toRecord(settled) }));
      return settled;
    });
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

  private async complete(exchange: Exchange, now: Date, tx: Transaction): Promise<void> {
    await this.given.useUp(exchange, now, tx);
    const { get, customerId, exchangeId, orgPath, timeZone } = exchange;
    if (get.kind !== 'points') return;
    const lot = { points: get.points, orgPath, expiresAt: endOfMonthAfter(now, get.pointsValidMonths, timeZone) };
    await this.points.reward(customerId, exchangeId, lot, now, tx);
  }

  private async undo(exchange: Exchange, now: Date, tx: Transaction): Promise<void> {
    await this.given.putBack(exchange, now, tx);
    const counts = await this.exchanges.findCounts(Object.values(countKeysOf(exchange)), tx);
    const reduced = new Map([...counts].map(([key, count]) => [key, count - 1]));
    await this.exchanges.saveCounts(reduced, counts, { now, tx });
  }
}
