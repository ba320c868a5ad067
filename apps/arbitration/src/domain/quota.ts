import { DomainError, refused } from '@tidegate/errors';
import { localDate } from './local-time';

/** product 产品额度, material 物料, volume 触达量, budget 费用预算. */
export const QUOTA_KINDS = ['product', 'material', 'volume', 'budget'] as const;
export type QuotaKind = (typeof QUOTA_KINDS)[number];

export const QUOTA_PERIODS = ['total', 'day', 'month'] as const;
export type QuotaPeriod = (typeof QUOTA_PERIODS)[number];

/** What whoever sets a quota up says of it. */
export interface QuotaTerms {
  quotaId: string;
  name: string;
  kind: QuotaKind;
  /** Of one period: pieces, contacts, or minor units of `currency`. */
  limitAmount: number;
  /** ISO 4217 for a budget, else empty. */
  currency: string;
  period: QuotaPeriod;
  orgPath: string;
}

/** What is taken of a quota in one period. */
export interface QuotaCount {
  /** Promised by decisions without an outcome yet. */
  reservedAmount: number;
  usedAmount: number;
  /** The period that is counted; empty for total. */
  periodKey: string;
}

/** A quota 额度 that strategies share, and its count in the current period. */
export interface Quota extends QuotaTerms, QuotaCount {
  version: number;
  /** Later periods that contacts are promised for, the next first; absent for none. */
  ahead?: QuotaCount[];
  updatedAt: Date;
}

/** What one choice takes of a quota. */
export interface QuotaUse {
  quotaId: string;
  amount: number;
}

/** What a decision took, and of which period, that of its contact: what comes back later must not enter another one. */
export interface QuotaTake extends QuotaUse {
  periodKey: string;
}

export const periodKeyOf = (period: QuotaPeriod, timeZone: string, now: Date): string =>
  period === 'total' ? '' : periodOfDay(period, localDate(timeZone, now));

/** The period that a day of the bank, `YYYY-MM-DD`, lies in. */
export const periodOfDay = (period: QuotaPeriod, day: string): string => {
  if (period === 'total') return '';
  return period === 'day' ? day : day.slice(0, 7);
};

/**
 * The quota as it stands now: with a new period its count begins with what was promised for it before, and a clock that is behind begins no old
 * one anew.
 */
export function inPeriod(quota: Quota, timeZone: string, now: Date): Quota {
  const periodKey = periodKeyOf(quota.period, timeZone, now);
  if (periodKey <= quota.periodKey) return quota;
  const { reservedAmount, usedAmount } = countIn(quota, periodKey);
  const ahead = (quota.ahead ?? []).filter((one) => one.periodKey > periodKey);
  return { ...quota, periodKey, reservedAmount, usedAmount, ahead };
}

/** The count of a period, to be read; of one that is over, the current one's. */
export const countIn = (quota: Quota, periodKey: string): QuotaCount =>
  periodKey <= quota.periodKey
    ? quota
    : (quota.ahead?.find((one) => one.periodKey === periodKey) ?? { periodKey, reservedAmount: 0, usedAmount: 0 });

/** What is left in the current period, or in another one. */
export const freeAmount = (quota: Quota, { reservedAmount, usedAmount }: QuotaCount = quota): number =>
  Math.max(0, quota.limitAmount - reservedAmount - usedAmount);

/**
 * The quota with new terms.
 * @param readVersion the version that was read; 0 for a new one
 * @throws VERSION_CONFLICT, QUOTA_FIXED when kind, currency, period or owner would change, QUOTA_BELOW_TAKEN
 */
export function writeQuota(
  current: Quota | null,
  terms: QuotaTerms,
  readVersion: number,
  at: { timeZone: string; now: Date },
): Quota {
  const version = current?.version ?? 0;
  if (readVersion !== version) {
    throw new DomainError({
      code: 'ABORTED',
      reason: 'VERSION_CONFLICT',
      message: 'The quota was changed by somebody else since it was read.',
      metadata: { version: String(version) },
    });
  }
  const periodKey = periodKeyOf(terms.period, at.timeZone, at.now);
  const counted: Quota = current
    ? inPeriod(current, at.timeZone, at.now)
    : { ...terms, version, periodKey, reservedAmount: 0, usedAmount: 0, updatedAt: at.now };
  for (const fixed of ['kind', 'currency', 'period', 'orgPath'] as const) {
    if (counted[fixed] === terms[fixed]) continue;
    throw refused('QUOTA_FIXED', `The ${fixed} of a quota cannot change; make another quota.`, { field: fixed });
  }
  const counts = [counted, ...(counted.ahead ?? [])];
  const takenOf = ({ reservedAmount, usedAmount }: QuotaCount): number => reservedAmount + usedAmount;
  const fullest = counts.reduce((most, count) => (takenOf(count) > takenOf(most) ? count : most));
  const taken = takenOf(fullest);
  if (terms.limitAmount < taken) {
    const { periodKey: period } = fullest;
    const when = period === '' ? '' : ` in ${period}`;
    throw refused('QUOTA_BELOW_TAKEN', `${taken} of this quota are already promised or used${when}.`, {
      taken: String(taken),
      ...(period !== '' && { period }),
    });
  }
  return { ...counted, ...terms, version: version + 1, updatedAt: at.now };
}
