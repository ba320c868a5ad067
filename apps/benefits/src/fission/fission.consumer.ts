import { Injectable } from '@nestjs/common';
import { BenefitClaimed, BenefitRedeemed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { Subscriptions } from '@tidegate/messaging';
import { claimDeed, factDeed, redemptionDeed } from './fission.message';
import { MeetConditionUseCase } from './use-cases/meet-condition/meet-condition.use-case';

/** A reward may be so much behind the deed that earned it; in return a busy hour costs few transactions. */
const OPTIONS = { consumer: 'fission', gatherMs: 50 };

/** Every event inlet of fission: what invited customers do. */
@Injectable()
export class FissionConsumer {
  constructor(subscriptions: Subscriptions, meetCondition: MeetConditionUseCase) {
    subscriptions.on(
      FactRecorded,
      (events, tx) =>
        meetCondition.execute(
          events.map(({ data, time }) => factDeed(data, time)),
          tx,
        ),
      OPTIONS,
    );
    subscriptions.on(
      BenefitClaimed,
      (events, tx) =>
        meetCondition.execute(
          events.map(({ data, time }) => claimDeed(data, time)),
          tx,
        ),
      OPTIONS,
    );
    subscriptions.on(
      BenefitRedeemed,
      (events, tx) =>
        meetCondition.execute(
          events.flatMap(({ data, time }) => (data.redemption ? redemptionDeed(data.redemption, time) : [])),
          tx,
        ),
      OPTIONS,
    );
  }
}
