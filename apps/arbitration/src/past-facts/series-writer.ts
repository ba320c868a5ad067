import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { unknownCustomer, type CustomerState } from '../domain/customer-state';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import type { KeptCounter } from './domain/counter-register';
import { addToSeries, type Additions } from './domain/count-facts';

/** Writes what is counted of customers. A decision under way on the same customer conflicts and is made anew. */
@Injectable()
export class SeriesWriter {
  constructor(private readonly customers: CustomerStateRepository) {}

  /** `counters` as they were read in the same transaction. */
  async add(
    additions: Additions,
    { counters, now }: { counters: readonly KeptCounter[]; now: Date },
    tx: Transaction,
  ): Promise<void> {
    if (additions.size === 0) return;
    const held = await this.customers.findMany([...additions.keys()], tx);
    const added: CustomerState[] = [];
    const changed: CustomerState[] = [];
    for (const [customerId, own] of additions) {
      const state = held.get(customerId) ?? unknownCustomer(customerId);
      const series = addToSeries(state.past.series, own, counters, now);
      if (series === state.past.series) continue;
      (held.has(customerId) ? changed : added).push({ ...state, past: { ...state.past, series } });
    }
    await this.customers.addMany(added, tx);
    await this.customers.saveMany(changed, 'series', tx);
  }
}
