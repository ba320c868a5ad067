import { Injectable } from '@nestjs/common';
import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { Subscriptions } from '@tidegate/messaging';
import { CreateLeadsUseCase } from './use-cases/create-leads/create-leads.use-case';

/** Every event inlet of the service. */
@Injectable()
export class LeadsConsumer {
  constructor(subscriptions: Subscriptions, createLeads: CreateLeadsUseCase) {
    subscriptions.on(DecisionMade, (events, tx) =>
      createLeads.execute(
        events.flatMap(({ data }) => data.decision ?? []),
        tx,
      ),
    );
  }
}
