import { Injectable } from '@nestjs/common';
import { BenefitClaimed, BenefitRedeemed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { Subscriptions } from '@tidegate/messaging';
import { FissionCampaigns } from './fission-campaigns';
import { claimDeed, factDeed, redemptionDeed } from './fission.message';
import { MeetConditionUseCase } from './use-cases/meet-condition/meet-condition.use-case';

/** A reward may be so much behind the deed that earned it; in return a busy hour costs few transactions. */
const GATHER_MS = 50;

/** Every event inlet of fission: what invited customers do. */
@Injectable()
export class FissionConsumer {
  constructor(subscriptions: Subscriptions, campaigns: FissionCampaigns, meetCondition: MeetConditionUseCase) {
    const options = { consumer: 'fission', gatherMs: GATHER_MS, isIdle: () => campaigns.isIdle() };
    subscriptions.on(
      FactRecorded,
      (events, tx) =>
        meetCondition.execute(
          events.map(({ data, time }) => factDeed(data, time)),
          tx,
        ),
      options,
    );
    subscriptions.on(
      BenefitClaimed,
      (events, tx) =>
        meetCondition.execute(
          events.map(({ data, time }) => claimDeed(data, time)),
          tx,
        ),
      options,
    );
    subscriptions.on(
      BenefitRedeemed,
      (events, tx) =>
        meetCondition.execute(
          events.flatMap(({ data, time }) => (data.redemption ? redemptionDeed(data.redemption, time) : [])),
          tx,
        ),
      options,
    );
  }
}
