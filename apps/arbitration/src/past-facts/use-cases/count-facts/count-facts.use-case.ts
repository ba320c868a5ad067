import { Injectable } from '@nestjs/common';
import type { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { countFacts, type RecordedFact } from '../../domain/count-facts';
import { CounterRepository } from '../../repositories/counter.repository';
import { SeriesWriter } from '../../series-writer';

/**
 * Counts facts as they come. The register is read in the same transaction: a fact that does not find a counter yet was stored by `customers`
 * before the counter was, so its filling finds the fact.
 */
@Injectable()
export class CountFactsUseCase {
  constructor(
    private readonly counters: CounterRepository,
    private readonly writer: SeriesWriter,
    private readonly clock: Clock,
  ) {}

  async execute(events: readonly FactRecorded[], tx: Transaction): Promise<void> {
    const { counters } = await this.counters.find(tx);
    if (counters.length === 0) return;
    const facts = events.map(toFact);
    await this.writer.add(countFacts(counters, facts), { counters, now: this.clock.now() }, tx);
  }
}

const toFact = ({ factId, factType, customerId, data, occurredAt }: FactRecorded): RecordedFact => ({
  customerId,
  event: { eventId: factId, type: factType, occurredAtMs: occurredAt?.getTime() ?? 0, data: data ?? {} },
});
