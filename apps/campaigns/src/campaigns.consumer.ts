import { Injectable } from '@nestjs/common';
import { CustomerChanged, FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { Subscriptions } from '@tidegate/messaging';
import { toCustomerFacts, toFact } from './messages/customer.message';
import { DetectMomentsUseCase } from './use-cases/detect-moments/detect-moments.use-case';
import { ProjectCustomersUseCase } from './use-cases/project-customers/project-customers.use-case';

/** Every event inlet of the service. Facts have a consumer of their own: a large import must not hold moments up. */
@Injectable()
export class CampaignsConsumer {
  constructor(
    subscriptions: Subscriptions,
    projectCustomers: ProjectCustomersUseCase,
    detectMoments: DetectMomentsUseCase,
  ) {
    subscriptions.on(CustomerChanged, (events, tx) =>
      projectCustomers.execute(
        events.flatMap(({ data }) => (data.customer ? [toCustomerFacts(data.customer)] : [])),
        tx,
      ),
    );
    subscriptions.on(
      FactRecorded,
      async (events, tx) => {
        await detectMoments.execute(
          events.map(({ data, time }) => toFact(data, time)),
          tx,
        );
      },
      { consumer: 'moments' },
    );
  }
}
