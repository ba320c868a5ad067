import { Injectable } from '@nestjs/common';
import { counterKey, type EventCounter } from '@tidegate/rules';
import type { CounterPlace, PastFacts } from '../domain/past-facts';
import { CounterRepository } from './repositories/counter.repository';

/** Names of the counters' series, in memory: compiled rules hold the places and see them change. */
@Injectable()
export class CounterBook implements PastFacts {
  private readonly places = new Map<string, CounterPlace>();

  constructor(private readonly counters: CounterRepository) {}

  placeOf(counter: EventCounter): CounterPlace {
    const key = counterKey(counter);
    let place = this.places.get(key);
    if (place === undefined) {
      place = { name: '' };
      this.places.set(key, place);
    }
    return place;
  }

  async load(): Promise<void> {
    const { counters } = await this.counters.find();
    const names = new Map(counters.map(({ counter, name }) => [counterKey(counter), name]));
    for (const { counter } of counters) this.placeOf(counter);
    for (const [key, place] of this.places) place.name = names.get(key) ?? '';
  }
}
