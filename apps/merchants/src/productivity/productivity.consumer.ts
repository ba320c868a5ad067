import { Inject, Injectable } from '@nestjs/common';
import { BenefitRedeemed, BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { FanChanged } from '@tidegate/contracts/benefits/v1/fans_events';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { Subscriptions, type ReceivedEvent } from '@tidegate/messaging';
import { calendarDateOf } from '../domain/local-time';
import { ORG_PATH_PATTERN } from '../domain/org-unit';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../merchants.config';
import type { FactInput } from './productivity-book';
import {
  CountRedemptionsUseCase,
  type RedemptionInput,
} from './use-cases/count-redemptions/count-redemptions.use-case';
import { RecordFactsUseCase } from './use-cases/record-facts/record-facts.use-case';

/** Nobody waits for a table; in return an intake of facts costs few transactions. */
const GATHER_MS = 1_000;

/** Types of facts that tables count, when their data says at which store or outlet. */
const KINDS: Record<string, FactInput['kind']> = {
  transaction: 'transaction',
  'fan-followed': 'fan_won',
  'fan-unfollowed': 'fan_lost',
};

/** Every event inlet of productivity. */
@Injectable()
export class ProductivityConsumer {
  constructor(
    subscriptions: Subscriptions,
    facts: RecordFactsUseCase,
    redemptions: CountRedemptionsUseCase,
    @Inject(MERCHANTS_CONFIG) { timeZone }: MerchantsConfig,
  ) {
    const options = { consumer: 'productivity', gatherMs: GATHER_MS };
    const monthOf = (at: Date): string => calendarDateOf(at, timeZone).slice(0, 7);
    subscriptions.on(
      FactRecorded,
      (events, tx) =>
        facts.execute(
          events.flatMap((received) => ofFact(received, monthOf)),
          tx,
        ),
      options,
    );
    subscriptions.on(
      BenefitRedeemed,
      (events, tx) =>
        redemptions.count(
          events.flatMap((received) => ofRedemption(received, monthOf)),
          tx,
        ),
      options,
    );
    subscriptions.on(
      BenefitReversed,
      (events, tx) =>
        redemptions.takeOff(
          events.flatMap(({ data }) => data.reversal?.redemptionId ?? []),
          tx,
        ),
      options,
    );
    subscriptions.on(
      FanChanged,
      (events, tx) =>
        facts.execute(
          events.flatMap((received) => ofFan(received, monthOf)),
          tx,
        ),
      options,
    );
  }
}

function ofFact({ data: fact, time }: ReceivedEvent<FactRecorded>, monthOf: (at: Date) => string): FactInput[] {
  const kind = KINDS[fact.factType];
  const { storeId, outletPath } = fact.data ?? {};
  const isAtOutlet = typeof outletPath === 'string' && ORG_PATH_PATTERN.test(outletPath);
  if (!kind || (typeof storeId !== 'string' && !isAtOutlet)) return [];
  const place = { storeId: typeof storeId === 'string' ? storeId : '', outletPaths: isAtOutlet ? [outletPath] : [] };
  return [{ kind, customerId: fact.customerId, ...place, month: monthOf(fact.occurredAt ?? time) }];
}

function ofRedemption(
  { data: { redemption }, time }: ReceivedEvent<BenefitRedeemed>,
  monthOf: (at: Date) => string,
): RedemptionInput[] {
  if (!redemption) return [];
  const { redemptionId, customerId, storeId, redeemedAt = time } = redemption;
  return [{ redemptionId, kind: 'redemption', customerId, storeId, outletPaths: [], month: monthOf(redeemedAt) }];
}

/** A fan of the app: of a store, or of an outlet, whose id is its path or, in older ones, stands for its organisation. */
function ofFan({ data, time }: ReceivedEvent<FanChanged>, monthOf: (at: Date) => string): FactInput[] {
  const { kind, targetId, orgPath, customerId, isFollowing, changedAt = time } = data;
  const fan = { kind: isFollowing ? 'fan_won' : 'fan_lost', customerId, month: monthOf(changedAt) } as const;
  if (kind === 'store') return [{ ...fan, storeId: targetId, outletPaths: [] }];
  const outletPaths = targetId.startsWith(`${orgPath}/`) ? [targetId, orgPath] : [orgPath];
  return [{ ...fan, storeId: '', outletPaths }];
}
