import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { CounterRegistrar } from './counter-registrar';
import { CustomerFactsPeer } from './customer-facts';
import { fillCounter, type KeptCounter } from './domain/counter-register';
import type { Additions } from './domain/count-facts';
import { CounterRepository } from './repositories/counter.repository';
import { SeriesWriter } from './series-writer';

const POLL_MS = 1_000;
const CUSTOMERS_PER_WRITE = 500;

const log = logger('past-facts');

/**
 * Fetches the facts of before a counter was asked for from `customers`, in the background. Each page moves the position in its own
 * transaction, so a crash goes on where it was; two replicas at once only do the same twice, since a series is a set.
 */
@Injectable()
export class CounterFiller implements OnModuleInit {
  private working: Promise<void> | null = null;

  constructor(
    private readonly mongo: Mongo,
    private readonly counters: CounterRepository,
    private readonly customers: CustomerFactsPeer,
    private readonly writer: SeriesWriter,
    private readonly registrar: CounterRegistrar,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(POLL_MS, 'filling of past facts', () => this.fillAll());
  }

  /** Fills whatever is not filled yet; callers share one run. */
  fillAll(): Promise<void> {
    this.working ??= this.fillEach().finally(() => {
      this.working = null;
    });
    return this.working;
  }

  async isFilling(): Promise<boolean> {
    return (await this.counters.find()).counters.some(({ state }) => state === 'filling');
  }

  private async fillEach(): Promise<void> {
    const { counters } = await this.counters.find();
    for (const kept of counters.filter(({ state }) => state === 'filling')) {
      let filledUntil: string | null = kept.filledUntil;
      while (filledUntil !== null && !this.tasks.isStopped) filledUntil = await this.fillPage(kept, filledUntil);
      if (filledUntil === null) log.info({ counter: kept.counter, name: kept.name }, 'past facts are counted');
    }
  }

  private async fillPage(kept: KeptCounter, after: string): Promise<string | null> {
    const { customers, until } = await this.customers.listSeries(kept.counter, after);
    for (let from = 0; from < customers.length; from += CUSTOMERS_PER_WRITE) {
      const part = customers.slice(from, from + CUSTOMERS_PER_WRITE);
      const additions: Additions = new Map(
        part.map(({ customerId, facts }) => [customerId, new Map([[kept.name, facts]])]),
      );
      await this.mongo.transaction(async (tx) => {
        const { counters } = await this.counters.find(tx);
        await this.writer.add(additions, { counters, now: this.clock.now() }, tx);
      });
    }
    const page = { until, customerCount: customers.length };
    await this.mongo.transaction((tx) =>
      this.registrar.change((register) => fillCounter(register, kept.name, page), tx),
    );
    return until;
  }
}
