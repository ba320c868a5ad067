import type { ReservationState } from './decision';
import { freeAmount, type Quota, type QuotaTake, type QuotaUse } from './quota';

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
    return new QuotaBook(new Map([...this.quotas].map(([id, quota]) => [id, { ...quota }])), this.isUnlimited);
  }

  find(quotaId: string): Quota | undefined {
    return this.quotas.get(quotaId);
  }

  hasRoom(uses: readonly QuotaUse[]): boolean {
    return this.isUnlimited || uses.every(({ quotaId, amount }) => this.freeOf(quotaId) >= amount);
  }

  /** Reserves; the caller has asked before. Each quota is named once. */
  take(uses: readonly QuotaUse[]): QuotaTake[] {
    return uses.flatMap(({ quotaId, amount }) => {
      const quota = this.quotas.get(quotaId);
      if (quota === undefined) return [];
      quota.reservedAmount += amount;
      this.changed.add(quotaId);
      return [{ quotaId, amount, periodKey: quota.periodKey }];
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
      if (quota === undefined || quota.periodKey !== periodKey) continue;
      if (from === 'reserved') quota.reservedAmount -= amount;
      if (to === 'committed') quota.usedAmount += amount;
      this.changed.add(quotaId);
    }
  }

  private freeOf(quotaId: string): number {
    const quota = this.quotas.get(quotaId);
    return quota === undefined ? -1 : freeAmount(quota);
  }
}
