import { Injectable } from '@nestjs/common';
import { PersonsChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { Subscriptions } from '@tidegate/messaging';
import { FollowPersonsUseCase } from './use-cases/follow-persons/follow-persons.use-case';

/** Every event inlet of the wallet itself. An import's news must not hold up a feature's. */
@Injectable()
export class BenefitsConsumer {
  constructor(subscriptions: Subscriptions, followPersons: FollowPersonsUseCase) {
    subscriptions.on(
      PersonsChanged,
      (events, tx) =>
        followPersons.execute(
          events.flatMap(({ data }) => data.profiles),
          tx,
        ),
      { consumer: 'persons', weightOf: ({ profiles }) => profiles.length },
    );
  }
}
