import { Injectable } from '@nestjs/common';
import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { Subscriptions } from '@tidegate/messaging';
import { DeliverDecisionsUseCase } from './use-cases/deliver-decisions/deliver-decisions.use-case';

/** Every event inlet of the service. */
@Injectable()
export class DeliveryConsumer {
  constructor(subscriptions: Subscriptions, deliver: DeliverDecisionsUseCase) {
    subscriptions.on(DecisionMade, (events, tx) =>
      deliver.execute(
        events.flatMap(({ data }) => data.decision ?? []),
        tx,
      ),
    );
  }
}
