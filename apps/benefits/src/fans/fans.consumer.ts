import { Injectable } from '@nestjs/common';
import { BenefitRedeemed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { VisitCounted } from '@tidegate/contracts/merchants/v1/merchants_events';
import { Subscriptions } from '@tidegate/messaging';
import { presenceOfRedemption, presenceOfVisit } from './fans.message';
import { NoteActivityUseCase } from './use-cases/note-activity/note-activity.use-case';

const OPTIONS = { consumer: 'fans', gatherMs: 100 };

/** Every event inlet of fans: redemptions and visits are activity. */
@Injectable()
export class FansConsumer {
  constructor(subscriptions: Subscriptions, noteActivity: NoteActivityUseCase) {
    subscriptions.on(
      BenefitRedeemed,
      (events, tx) =>
        noteActivity.execute(
          events.flatMap(({ data, time }) => (data.redemption ? presenceOfRedemption(data.redemption, time) : [])),
          tx,
        ),
      OPTIONS,
    );
    subscriptions.on(
      VisitCounted,
      (events, tx) =>
        noteActivity.execute(
          events.flatMap(({ data, time }) => (data.visit ? presenceOfVisit(data.visit, time) : [])),
          tx,
        ),
      OPTIONS,
    );
  }
}
