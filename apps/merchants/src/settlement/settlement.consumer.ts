import { Injectable } from '@nestjs/common';
import { BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { Subscriptions } from '@tidegate/messaging';
import { TakeReversalsUseCase } from './use-cases/take-reversals/take-reversals.use-case';

/** Every event inlet of settlement. */
@Injectable()
export class SettlementConsumer {
  constructor(subscriptions: Subscriptions, takeReversals: TakeReversalsUseCase) {
    const consumer = 'settlement';
    subscriptions.on(
      BenefitReversed,
      (events, tx) =>
        takeReversals.execute(
          events.flatMap(({ data }) => data.reversal ?? []),
          tx,
        ),
      { consumer },
    );
  }
}
