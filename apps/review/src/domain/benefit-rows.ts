import type {
  BenefitClaimed,
  BenefitRedeemed,
  BenefitStateChanged,
  BenefitTransferred,
  ClaimsRefused,
} from '@tidegate/contracts/benefits/v1/benefits_events';
import type { SettlementBatchPosted } from '@tidegate/contracts/merchants/v1/merchants_events';
import type { FactRow } from './fact';

export const claimRows = (event: BenefitClaimed): FactRow[] => [
  {
    table: 'claim',
    instanceId: event.instanceId,
    stockId: event.stockId,
    customerId: event.customerId,
    decisionId: event.decisionId,
    faceValueMinor: event.faceValueMinor,
    currency: event.currency,
    claimedAt: event.claimedAt ?? null,
  },
];

/** A tally of refusals: the count is the fact, not the event. */
export const refusalRows = (event: ClaimsRefused): FactRow[] => [
  {
    table: 'refusal',
    stockId: event.stockId,
    reason: event.reason,
    refusedCount: event.count,
    refusedTo: event.to ?? null,
  },
];

export const transferRows = (event: BenefitTransferred): FactRow[] => [
  {
    table: 'transfer',
    giftId: event.giftId,
    instanceId: event.instanceId,
    stockId: event.stockId,
    transferredAt: event.transferredAt ?? null,
  },
];

export function redemptionRows({ redemption }: BenefitRedeemed): FactRow[] {
  if (!redemption) return [];
  const { redemptionId, instanceId, stockId, merchantId, amountMinor, currency, redeemedAt } = redemption;
  const amount = { amountMinor, currency, redeemedAt: redeemedAt ?? null };
  return [{ table: 'redemption', redemptionId, instanceId, stockId, merchantId, ...amount }];
}

/** Only the end of a benefit that nobody used matters here; other moves are told by their own events. */
export const stateRows = (event: BenefitStateChanged): FactRow[] =>
  event.toState === 'expired'
    ? [
        {
          table: 'expiry',
          instanceId: event.instanceId,
          stockId: event.stockId,
          expiredAt: event.changedAt ?? null,
        },
      ]
    : [];

export function settlementRows({ batch }: SettlementBatchPosted): FactRow[] {
  if (!batch) return [];
  const { batchId, merchantId, redemptionCount, amountMinor, currency } = batch;
  return [{ table: 'settlement', batchId, merchantId, redemptionCount, amountMinor, currency }];
}
