import { CounterBook } from './counter-book';
import { CounterRegistrar } from './counter-registrar';
import { CounterFiller } from './counter-filler';
import { CounterKeeper } from './counter-keeper';
import { CustomerFactsPeer, customersClientProvider } from './customer-facts';
import { CounterRepository } from './repositories/counter.repository';
import { SeriesWriter } from './series-writer';
import { CountFactsUseCase } from './use-cases/count-facts/count-facts.use-case';
import { ListEventCountersUseCase } from './use-cases/list-event-counters/list-event-counters.use-case';

/** Everything that counting past facts is made of. */
export const PAST_FACTS_PROVIDERS = [
  customersClientProvider,
  CustomerFactsPeer,
  CounterRepository,
  CounterBook,
  CounterRegistrar,
  CounterKeeper,
  CounterFiller,
  SeriesWriter,
  CountFactsUseCase,
  ListEventCountersUseCase,
];
