import { Injectable } from '@nestjs/common';
import { OutcomeRecorded } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { LeadAccepted, LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import { Subscriptions } from '@tidegate/messaging';
import { toAnswers, toTouches } from './messages/touch.message';
import { RecordTouchesUseCase } from './use-cases/record-touches/record-touches.use-case';

/** Hears who was touched: from leads whom a person had in hand, from arbitration who answered. A consumer of its own: copies of customers must not hold it up. */
@Injectable()
export class NameListsConsumer {
  constructor(subscriptions: Subscriptions, recordTouches: RecordTouchesUseCase) {
    const options = { consumer: 'touches' };
    subscriptions.on(
      LeadAccepted,
      (events, tx) =>
        recordTouches.execute(
          events.flatMap(({ data }) => toTouches(data)),
          tx,
        ),
      options,
    );
    subscriptions.on(
      LeadClosed,
      (events, tx) =>
        recordTouches.execute(
          events.flatMap(({ data }) => toTouches(data)),
          tx,
        ),
      options,
    );
    subscriptions.on(
      OutcomeRecorded,
      (events, tx) =>
        recordTouches.execute(
          events.flatMap(({ data }) => toAnswers(data)),
          tx,
        ),
      options,
    );
  }
}
