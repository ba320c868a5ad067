import type { ReservationState } from './decision';
import { countIn, freeAmount, periodOfDay, type Quota, type QuotaCount, type QuotaTake, type QuotaUse } from './quota';

/** Quotas 额度 as one batch sees and spends them. A quota that is not in the book has nothing to give. */
export class QuotaBook {
  readonly changed = new Set<string>();

  constructor(
    /** As they stand in the current period; changed in place. */
    private readonly quotas: ReadonlyMap<string, Quota>,
    private readonly isUnlimited = false,
  ) {}

  /** For planning: nothing is ever exhausted. */
  static unlimited(): QuotaBook {
    return new QuotaBook(new Map(), true);
  }

  /** Another book of the same state, to be spent from by itself. */
  copy(): QuotaBook {
    return new QuotaBook(new Map([...this.quotas].map(([id, quota]) => [id, copyOfQuota(quota)])), this.isUnlimited);
  }

  find(quotaId: string): Quota | undefined {
    return this.quotas.get(quotaId);
  }

  /** @param day of the bank on which the contact takes place; today when left out */
  hasRoom(uses: readonly QuotaUse[], day?: string): boolean {
    return this.isUnlimited || uses.every(({ quotaId, amount }) => this.freeOf(quotaId, day) >= amount);
  }

  /** What the periods of these days have left together, the current one for none; nothing of a quota that nobody set up. */
  freeOnDays(quotaId: string, days: Iterable<string>): number {
    const quota = this.quotas.get(quotaId);
    if (quota === undefined) return 0;
    const counts = new Map([...days].map((day) => countOn(quota, day)).map((count) => [count.periodKey, count]));
    if (counts.size === 0) return freeAmount(quota);
    return [...counts.values()].reduce((sum, count) => sum + freeAmount(quota, count), 0);
  }

  /** Reserves in the period of the day, as `hasRoom` asks it; the caller has asked before. Each quota is named once. */
  take(uses: readonly QuotaUse[], day?: string): QuotaTake[] {
    return uses.flatMap(({ quotaId, amount }) => {
      const quota = this.quotas.get(quotaId);
      if (quota === undefined) return [];
      const count = day === undefined ? quota : begunIn(quota, periodOfDay(quota.period, day));
      count.reservedAmount += amount;
      this.changed.add(quotaId);
      return [{ quotaId, amount, periodKey: count.periodKey }];
    });
  }

  /**
   * Follows a decision's reservation: committed moves what was reserved to used, released and expired give it back, a word that comes
   * late takes it again. What belongs to a period that is over changes nothing.
   */
  follow(takes: readonly QuotaTake[], from: ReservationState, to: ReservationState): void {
    if (from === to) return;
    for (const { quotaId, amount, periodKey } of takes) {
      const quota = this.quotas.get(quotaId);
      if (quota === undefined || periodKey < quota.periodKey) continue;
      const count = begunIn(quota, periodKey);
      if (from === 'reserved') count.reservedAmount -= amount;
      if (to === 'committed') count.usedAmount += amount;
      this.changed.add(quotaId);
    }
  }

  private freeOf(quotaId: string, day: string | undefined): number {
    const quota = this.quotas.get(quotaId);
    if (quota === undefined) return -1;
    return freeAmount(quota, day === undefined ? quota : countOn(quota, day));
  }
}

/** The same amounts in objects of its own. */
export const copyOfQuota = (quota: Quota): Quota => ({
  ...quota,
  ...(quota.ahead && { ahead: quota.ahead.map((count) => ({ ...count })) }),
});

const countOn = (quota: Quota, day: string): QuotaCount => countIn(quota, periodOfDay(quota.period, day));

/** The count of a period, to be counted on in place. */
function begunIn(quota: Quota, periodKey: string): QuotaCount {
  const count = countIn(quota, periodKey);
  if (count === quota || quota.ahead?.includes(count)) return count;
  quota.ahead = [...(quota.ahead ?? []), count].sort((left, right) => (left.periodKey < right.periodKey ? -1 : 1));
  return count;
}
