import { Injectable } from '@nestjs/common';
import { BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { Subscriptions } from '@tidegate/messaging';
import { ReturnReversedUseCase } from './use-cases/return-reversed/return-reversed.use-case';

/** The event inlet of budgets. */
@Injectable()
export class BudgetsConsumer {
  constructor(subscriptions: Subscriptions, reversed: ReturnReversedUseCase) {
    subscriptions.on(
      BenefitReversed,
      (events, tx) =>
        reversed.execute(
          events.flatMap(({ data: { reversal } }) => reversal ?? []),
          tx,
        ),
      { consumer: 'budgets' },
    );
  }
}
