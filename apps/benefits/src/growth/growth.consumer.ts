import { Injectable } from '@nestjs/common';
import { BenefitClaimed, BenefitRedeemed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { ExchangeSettled } from '@tidegate/contracts/benefits/v1/exchange_events';
import { SignedIn } from '@tidegate/contracts/benefits/v1/sign_in_events';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { Subscriptions } from '@tidegate/messaging';
import type { EventType } from '@tidegate/mongo';
import {
  claimActivity,
  exchangeActivity,
  factActivity,
  redemptionActivity,
  signInActivity,
  type Activity,
} from './domain/activity';
import { GrowthPlans } from './growth-plans';
import { Missions } from './missions';
import { RecordActivitiesUseCase } from './use-cases/record-activities/record-activities.use-case';

/** Levels and missions may be so much behind; in return a busy hour costs few transactions. */
const GATHER_MS = 100;

/** Every event inlet of growth: what customers do becomes activities. */
@Injectable()
export class GrowthConsumer {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly plans: GrowthPlans,
    private readonly missions: Missions,
    private readonly recordActivities: RecordActivitiesUseCase,
  ) {
    this.take(FactRecorded, factActivity);
    this.take(SignedIn, signInActivity);
    this.take(BenefitClaimed, claimActivity);
    this.take(BenefitRedeemed, redemptionActivity);
    this.take(ExchangeSettled, exchangeActivity);
  }

  private take<T>(type: EventType<T>, toActivity: (data: T) => Activity | undefined): void {
    this.subscriptions.on(
      type,
      (events, tx) =>
        this.recordActivities.execute(
          events.flatMap(({ data }) => toActivity(data) ?? []),
          tx,
        ),
      { consumer: 'growth', gatherMs: GATHER_MS, isIdle: () => this.isIdle() },
    );
  }

  private async isIdle(): Promise<boolean> {
    return (await this.plans.isIdle()) && (await this.missions.isIdle());
  }
}
