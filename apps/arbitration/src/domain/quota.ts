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

/** A quota 额度 that strategies share, and its count in the current period. */
export interface Quota extends QuotaTerms {
  version: number;
  /** Promised by decisions without an outcome yet. */
  reservedAmount: number;
  usedAmount: number;
  /** The period that is counted; empty for total. */
  periodKey: string;
  updatedAt: Date;
}

/** What one choice takes of a quota. */
export interface QuotaUse {
  quotaId: string;
  amount: number;
}

/** What a decision took, and of which period: what comes back later must not enter another one. */
export interface QuotaTake extends QuotaUse {
  periodKey: string;
}

export const periodKeyOf = (period: QuotaPeriod, timeZone: string, now: Date): string => {
  if (period === 'total') return '';
  const day = localDate(timeZone, now);
  return period === 'day' ? day : day.slice(0, 7);
};

/** The quota as it stands now: with a new period its count begins again, and a clock that is behind begins no old one anew. */
export function inPeriod(quota: Quota, timeZone: string, now: Date): Quota {
  const periodKey = periodKeyOf(quota.period, timeZone, now);
  return periodKey <= quota.periodKey ? quota : { ...quota, periodKey, reservedAmount: 0, usedAmount: 0 };
}

export const freeAmount = ({ limitAmount, reservedAmount, usedAmount }: Quota): number =>
  Math.max(0, limitAmount - reservedAmount - usedAmount);

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
  const counted = current
    ? inPeriod(current, at.timeZone, at.now)
    : { ...terms, version, periodKey, reservedAmount: 0, usedAmount: 0, updatedAt: at.now };
  for (const fixed of ['kind', 'currency', 'period', 'orgPath'] as const) {
    if (counted[fixed] === terms[fixed]) continue;
    throw refused('QUOTA_FIXED', `The ${fixed} of a quota cannot change; make another quota.`, { field: fixed });
  }
  const taken = counted.reservedAmount + counted.usedAmount;
  if (terms.limitAmount < taken) {
    throw refused('QUOTA_BELOW_TAKEN', `${taken} of this quota are already promised or used.`, {
      taken: String(taken),
    });
  }
  return { ...counted, ...terms, version: version + 1, updatedAt: at.now };
}
