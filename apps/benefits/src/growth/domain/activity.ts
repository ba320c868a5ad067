import type { BenefitClaimed, BenefitRedeemed } from '@tidegate/contracts/benefits/v1/benefits_events';
import type { ExchangeSettled } from '@tidegate/contracts/benefits/v1/exchange_events';
import type { SignedIn } from '@tidegate/contracts/benefits/v1/sign_in_events';
import type { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';

/** Something a customer did that may bring growth or a mission forward. */
export interface Activity {
  /** A fact's own type, or sign_in, benefit_claimed, benefit_redeemed, exchange. */
  type: string;
  customerId: string;
  /** 0 when it has none. */
  amountMinor: number;
  currency: string;
  operation: string;
  channel: string;
  at: Date;
}

/** Which activities count. */
export interface ActivityFilter {
  activityType: string;
  /** Empty for all. */
  operations: string[];
  channels: string[];
  /** Empty for all. */
  currency: string;
  amountMinorMin: number;
}

const allows = (list: readonly string[], value: string): boolean => list.length === 0 || list.includes(value);

export const counts = (filter: ActivityFilter, activity: Activity): boolean =>
  filter.activityType === activity.type &&
  allows(filter.operations, activity.operation) &&
  allows(filter.channels, activity.channel) &&
  (filter.currency === '' || filter.currency === activity.currency) &&
  activity.amountMinor >= filter.amountMinorMin;

const plain = { amountMinor: 0, currency: '', operation: '', channel: '' };
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Every fact is an activity of its own type. */
export function factActivity({ factType, customerId, data, occurredAt }: FactRecorded): Activity | undefined {
  if (!occurredAt) return undefined;
  const { amountMinor, currency, operation, channel } = (data ?? {}) as Record<string, unknown>;
  const isAmount = typeof amountMinor === 'number' && Number.isSafeInteger(amountMinor) && amountMinor > 0;
  return {
    type: factType,
    customerId,
    amountMinor: isAmount ? amountMinor : 0,
    currency: textOf(currency),
    operation: textOf(operation),
    channel: textOf(channel),
    at: occurredAt,
  };
}

/** A made-up day is no activity: it was not done on its day. */
export const signInActivity = ({ customerId, isMadeUp, signedInAt }: SignedIn): Activity | undefined =>
  isMadeUp || !signedInAt ? undefined : { ...plain, type: 'sign_in', customerId, at: signedInAt };

export const claimActivity = ({ customerId, claimedAt }: BenefitClaimed): Activity | undefined =>
  claimedAt && { ...plain, type: 'benefit_claimed', customerId, at: claimedAt };

export const redemptionActivity = ({ redemption }: BenefitRedeemed): Activity | undefined => {
  if (!redemption?.redeemedAt) return undefined;
  const { customerId, amountMinor, currency, redeemedAt } = redemption;
  return { ...plain, type: 'benefit_redeemed', customerId, amountMinor, currency, at: redeemedAt };
};

export const exchangeActivity = ({ exchange }: ExchangeSettled): Activity | undefined =>
  exchange?.state === 'done' && exchange.settledAt
    ? { ...plain, type: 'exchange', customerId: exchange.customerId, at: exchange.settledAt }
    : undefined;
