import { Injectable } from '@nestjs/common';
import { DomainError, invalid } from '@tidegate/errors';
import { GroupCommitter, Mongo, type Settled, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { localDay } from '../../../domain/stock';
import { answerOf, exchangeIdOf, openExchange, type Exchange, type ExchangeCommand } from '../../domain/exchange';
import { ExchangeOffers } from '../../exchange-offers';
import { ExchangeSettler } from '../../exchange-settler';
import { countKeysOf, ExchangeRepository } from '../../repositories/exchange.repository';
import { GivenSide } from '../../repositories/given-side';
import type { ExchangeInput } from './exchange.request';

const BATCH_MAX = 32;

interface Counts {
  known: Map<string, number>;
  now: Map<string, number>;
}

/**
 * Exchanges points and benefits into one another 兑换: both sides or neither. What is given is taken with the opening of the exchange;
 * then the other side is granted, and if that is refused, the given side comes back.
 */
@Injectable()
export class ExchangeUseCase {
  private readonly committer: GroupCommitter<ExchangeCommand, Exchange>;

  constructor(
    mongo: Mongo,
    private readonly offers: ExchangeOffers,
    private readonly exchanges: ExchangeRepository,
    private readonly given: GivenSide,
    private readonly settler: ExchangeSettler,
    private readonly clock: Clock,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'exchange',
      batchMax: BATCH_MAX,
      commit: (commands, tx) => this.open(commands, tx),
    });
  }

  /**
   * @throws OFFER_NOT_OPEN, DAILY_LIMIT_REACHED, CUSTOMER_DAILY_LIMIT_REACHED, REQUEST_ID_REUSED, those of taking the given side
   * and, with the given side back, those of granting the other
   */
  async execute({ requestId, offerId, customerId, instanceId }: ExchangeInput): Promise<Exchange> {
    const offer = await this.offers.getOpen(offerId);
    if ((offer.terms.give.kind === 'benefit') !== (instanceId !== '')) {
      throw invalid([{ field: 'instanceId', description: 'is needed when a benefit is given, and only then' }]);
    }
    const command = { exchangeId: exchangeIdOf(customerId, requestId), offer, customerId, instanceId };
    const opened = answerOf(await this.committer.submit(command), command);
    return opened.state === 'open' ? answerOf(await this.settler.settle(opened), command) : opened;
  }

  private async open(commands: ExchangeCommand[], tx: Transaction): Promise<Settled<Exchange>[]> {
    const now = this.clock.now();
    const earlier = await this.exchanges.findMany(
      commands.map(({ exchangeId }) => exchangeId),
      tx,
    );
    const keys = commands.flatMap((command) => Object.values(countKeysOf(placeOf(command, now))));
    const known = await this.exchanges.findCounts([...new Set(keys)], tx);
    const counts: Counts = { known, now: new Map() };
    const fresh: Exchange[] = [];
    const settled: Settled<Exchange>[] = [];
    for (const command of commands) {
      const found = earlier.get(command.exchangeId);
      const outcome = found ? { value: found } : await this.openOne(command, counts, { now, tx });
      if (!found && 'value' in outcome) fresh.push(outcome.value);
      if ('value' in outcome) earlier.set(command.exchangeId, outcome.value);
      settled.push(outcome);
    }
    await this.exchanges.addMany(fresh, tx);
    await this.exchanges.saveCounts(counts.now, known, { now, tx });
    return settled;
  }

  private async openOne(
    command: ExchangeCommand,
    counts: Counts,
    { now, tx }: { now: Date; tx: Transaction },
  ): Promise<Settled<Exchange>> {
    const keys = countKeysOf(placeOf(command, now));
    const used = (key: string): number => counts.now.get(key) ?? counts.known.get(key) ?? 0;
    try {
      const opened = openExchange(command, { byAll: used(keys.all), byCustomer: used(keys.customer) }, now);
      // A refusal of the given side comes before its first write.
      await this.given.take(opened, now, tx);
      for (const key of Object.values(keys)) counts.now.set(key, used(key) + 1);
      return { value: opened };
    } catch (error) {
      if (error instanceof DomainError) return { error };
      throw error;
    }
  }
}

const placeOf = ({ offer, customerId }: ExchangeCommand, now: Date) => ({
  offerId: offer.definition.definitionId,
  day: localDay(now, offer.terms.timeZone),
  customerId,
});
