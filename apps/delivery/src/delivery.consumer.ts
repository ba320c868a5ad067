import { Injectable } from '@nestjs/common';
import { DecisionMade, DecisionRetracted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import { Subscriptions } from '@tidegate/messaging';
import { DeliverDecisionsUseCase } from './use-cases/deliver-decisions/deliver-decisions.use-case';
import { DeliverRemindersUseCase } from './use-cases/deliver-reminders/deliver-reminders.use-case';
import { RetractDeliveriesUseCase } from './use-cases/retract-deliveries/retract-deliveries.use-case';

/** Every event inlet of the service. */
@Injectable()
export class DeliveryConsumer {
  constructor(
    subscriptions: Subscriptions,
    deliver: DeliverDecisionsUseCase,
    remind: DeliverRemindersUseCase,
    retract: RetractDeliveriesUseCase,
  ) {
    subscriptions.on(DecisionMade, (events, tx) =>
      deliver.execute(
        events.flatMap(({ data: { decision, orgPath } }) => (decision ? [{ ...decision, orgPath }] : [])),
        tx,
      ),
    );
    // Of their own, so that what is to be stopped never waits behind what a push sends.
    const stopped = { consumer: 'retractions' };
    subscriptions.on(
      DecisionRetracted,
      (events, tx) =>
        retract.execute(
          events.flatMap(({ data }) => data.decision ?? []),
          tx,
        ),
      stopped,
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
