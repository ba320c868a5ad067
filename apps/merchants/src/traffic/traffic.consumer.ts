import { Inject, Injectable } from '@nestjs/common';
import { BenefitRedeemed, BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { Subscriptions, type ReceivedEvent } from '@tidegate/messaging';
import { calendarDateOf } from '../domain/local-time';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../merchants.config';
import type { RedemptionFact } from './domain/subsidy';
import type { ReversalFact } from './repositories/subsidy.repository';
import { RecordRedemptionsUseCase } from './use-cases/record-redemptions/record-redemptions.use-case';
import { RecordReversalsUseCase } from './use-cases/record-reversals/record-reversals.use-case';

/** Nobody waits for a subsidy; in return a rush of redemptions costs few transactions. */
const GATHER_MS = 200;

/** Every event inlet of traffic. */
@Injectable()
export class TrafficConsumer {
  constructor(
    subscriptions: Subscriptions,
    redemptions: RecordRedemptionsUseCase,
    reversals: RecordReversalsUseCase,
    @Inject(MERCHANTS_CONFIG) { timeZone }: MerchantsConfig,
  ) {
    const options = { consumer: 'traffic', gatherMs: GATHER_MS };
    subscriptions.on(
      BenefitRedeemed,
      (events, tx) =>
        redemptions.execute(
          events.flatMap((received) => toRedemption(received, timeZone)),
          tx,
        ),
      options,
    );
    subscriptions.on(BenefitReversed, (events, tx) => reversals.execute(events.flatMap(toReversal), tx), options);
  }
}

function toRedemption({ data: { redemption }, time }: ReceivedEvent<BenefitRedeemed>, zone: string): RedemptionFact[] {
  if (!redemption) return [];
  const { redemptionId, customerId, merchantId, storeId, amountMinor, currency, redeemedAt = time } = redemption;
  const businessDate = calendarDateOf(redeemedAt, zone);
  return [{ redemptionId, customerId, merchantId, storeId, amountMinor, currency, redeemedAt, businessDate }];
}

function toReversal({ data: { reversal } }: ReceivedEvent<BenefitReversed>): ReversalFact[] {
  if (!reversal) return [];
  const { reversalId, redemptionId, amountMinor } = reversal;
  return [{ reversalId, redemptionId, amountMinor }];
}
