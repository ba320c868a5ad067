import { Injectable } from '@nestjs/common';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { Subscriptions } from '@tidegate/messaging';
import { toCardTransaction } from './domain/card-fact';
import { EarnPointsUseCase } from './use-cases/earn-points/earn-points.use-case';

/** Points may be so much behind a transaction; in return a busy hour costs few transactions. */
const GATHER_MS = 50;

/** Every event inlet of points: facts of card transactions earn. */
@Injectable()
export class PointsConsumer {
  constructor(subscriptions: Subscriptions, earnPoints: EarnPointsUseCase) {
    subscriptions.on(
      FactRecorded,
      (events, tx) =>
        earnPoints.earnFrom(
          events.flatMap(({ data }) => toCardTransaction(data) ?? []),
          tx,
        ),
      { consumer: 'points', gatherMs: GATHER_MS },
    );
  }
}
