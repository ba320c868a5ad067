import { Injectable } from '@nestjs/common';
import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { BenefitClaimed, BenefitRedeemed, BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { FactRecorded, FactsReceived } from '@tidegate/contracts/customers/v1/customers_events';
import { MessageDelivered } from '@tidegate/contracts/delivery/v1/delivery_events';
import { LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import { Subscriptions, type ReceivedEvent } from '@tidegate/messaging';
import type { EventType } from '@tidegate/mongo';
import { factOfMessage } from './customers.message';
import type { Touch } from './domain/touch';
import { FileFactsUseCase } from './use-cases/file-facts/file-facts.use-case';
import { RecordTouchesUseCase } from './use-cases/record-touches/record-touches.use-case';
import { ofClaim, ofDecision, ofLead, ofMessage, ofRedemption, ofReversal } from './use-cases/record-touches/touches';
import { UpdateProfilesUseCase } from './use-cases/update-profiles/update-profiles.use-case';

/** A timeline may be so much behind; in return a rush costs few transactions. */
const GATHER_MS = 200;

/** Every event inlet of the service. Facts have consumers of their own: a long intake must not hold up the timeline. */
@Injectable()
export class CustomersConsumer {
  constructor(
    subscriptions: Subscriptions,
    filing: FileFactsUseCase,
    profiles: UpdateProfilesUseCase,
    touches: RecordTouchesUseCase,
  ) {
    subscriptions.on(
      FactsReceived,
      (events, tx) =>
        filing.execute(
          events.map(({ data }) => data.entryId),
          new Date(Math.min(...events.map(({ time }) => time.getTime()))),
          tx,
        ),
      { consumer: 'filing', weightOf: ({ factCount }) => factCount },
    );
    subscriptions.on(
      FactRecorded,
      (events, tx) =>
        profiles.execute(
          events.map(({ data, time }) => factOfMessage(data, time)),
          tx,
        ),
      { consumer: 'profile' },
    );
    const touch = <T>(type: EventType<T>, touchesOf: (event: ReceivedEvent<T>) => Touch[]): void =>
      subscriptions.on(type, (events, tx) => touches.execute(events.flatMap(touchesOf), tx), { gatherMs: GATHER_MS });
    touch(DecisionMade, ofDecision);
    touch(LeadClosed, ofLead);
    touch(MessageDelivered, ofMessage);
    touch(BenefitClaimed, ofClaim);
    touch(BenefitRedeemed, ofRedemption);
    touch(BenefitReversed, ofReversal);
  }
}
