import { Injectable } from '@nestjs/common';
import { BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { SubsidyEarned } from '@tidegate/contracts/merchants/v1/merchants_events';
import { Subscriptions } from '@tidegate/messaging';
import { TakeReversalsUseCase } from './use-cases/take-reversals/take-reversals.use-case';
import { TakeSubsidiesUseCase } from './use-cases/take-subsidies/take-subsidies.use-case';

/** Every event inlet of settlement. */
@Injectable()
export class SettlementConsumer {
  constructor(subscriptions: Subscriptions, takeReversals: TakeReversalsUseCase, takeSubsidies: TakeSubsidiesUseCase) {
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
    subscriptions.on(
      SubsidyEarned,
      (events, tx) =>
        takeSubsidies.execute(
          events.flatMap(({ id, data: { subsidy } }) => (subsidy ? { ...subsidy, eventId: id } : [])),
          tx,
        ),
      { consumer: 'subsidies' },
    );
  }
}
