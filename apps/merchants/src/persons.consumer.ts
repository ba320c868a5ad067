import { Injectable } from '@nestjs/common';
import { PersonsChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { Subscriptions } from '@tidegate/messaging';
import { FollowPersonsUseCase } from '@tidegate/person-links';

/** Hears which profiles are of one natural person, for all that counts by person. An import's news must hold up nothing else. */
@Injectable()
export class PersonsConsumer {
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
