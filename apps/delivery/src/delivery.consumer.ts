import { Injectable } from '@nestjs/common';
import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import { Subscriptions } from '@tidegate/messaging';
import { DeliverDecisionsUseCase } from './use-cases/deliver-decisions/deliver-decisions.use-case';
import { DeliverRemindersUseCase } from './use-cases/deliver-reminders/deliver-reminders.use-case';

/** Every event inlet of the service. */
@Injectable()
export class DeliveryConsumer {
  constructor(subscriptions: Subscriptions, deliver: DeliverDecisionsUseCase, remind: DeliverRemindersUseCase) {
    subscriptions.on(DecisionMade, (events, tx) =>
      deliver.execute(
        events.flatMap(({ data }) => data.decision ?? []),
        tx,
      ),
    );
    const told = { consumer: 'reminders' };
    subscriptions.on(
      BenefitExpiring,
      (events, tx) =>
        remind.execute(
          events.map(({ data }) => data),
          tx,
        ),
      told,
    );
  }
}
