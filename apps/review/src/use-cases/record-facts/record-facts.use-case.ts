import { Injectable } from '@nestjs/common';
import type { ReceivedEvent } from '@tidegate/messaging';
import type { Transaction } from '@tidegate/mongo';
import type { FactRow } from '../../domain/fact';
import { FactRepository } from '../../repositories/fact.repository';

/** Stores each event once as a fact, reduced to what reports need. */
@Injectable()
export class RecordFactsUseCase {
  constructor(private readonly facts: FactRepository) {}

  async execute<T>(events: ReceivedEvent<T>[], rowsOf: (data: T) => FactRow[], tx: Transaction): Promise<void> {
    const facts = events.map(({ id, type, time, data }) => ({ factId: id, type, at: time, rows: rowsOf(data) }));
    await this.facts.addMany(facts, tx);
  }
}
