import { Injectable } from '@nestjs/common';
import type { KeptCounter } from '../../domain/counter-register';
import { CounterRepository } from '../../repositories/counter.repository';

/** The counters that are kept, in the order in which they were asked for. There are never more than COUNTERS_MAX. */
@Injectable()
export class ListEventCountersUseCase {
  constructor(private readonly counters: CounterRepository) {}

  async execute(): Promise<KeptCounter[]> {
    return (await this.counters.find()).counters;
  }
}
