import { Injectable } from '@nestjs/common';
import { VisitGoalReached } from '@tidegate/contracts/merchants/v1/merchants_events';
import { Subscriptions } from '@tidegate/messaging';
import { OweVisitGoalsUseCase } from './use-cases/owe-visit-goals/owe-visit-goals.use-case';

/** Every event inlet of granting: what other services promise. */
@Injectable()
export class GrantingConsumer {
  constructor(subscriptions: Subscriptions, oweVisitGoals: OweVisitGoalsUseCase) {
    subscriptions.on(
      VisitGoalReached,
      (events, tx) =>
        oweVisitGoals.execute(
          events.map(({ data }) => data),
          tx,
        ),
      { consumer: 'visit-goals' },
    );
  }
}
