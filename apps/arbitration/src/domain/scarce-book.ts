import type { Hold, Owner } from './capacity';
import type { CapacityBook } from './capacity-book';
import { QuotaBook } from './quota-book';

/** Capacity and quota as one batch of decisions sees and spends them. */
export class ScarceBook {
  readonly changedQuotas = new Set<string>();

  constructor(
    readonly capacity: CapacityBook,
    /** Strategy → times chosen so far, for strategies with a quota. */
    private readonly chosenCounts: Map<string, number>,
    /** Quotas that strategies share. */
    readonly quotas: QuotaBook = new QuotaBook(new Map()),
  ) {}

  /** Another book of the same state, to be spent from by itself. */
  copy(): ScarceBook {
    return new ScarceBook(this.capacity.copy(), new Map(this.chosenCounts), this.quotas.copy());
  }

  hasQuota(strategy: { strategyId: string; quota: number }): boolean {
    return strategy.quota === 0 || (this.chosenCounts.get(strategy.strategyId) ?? 0) < strategy.quota;
  }

  /** Takes one unit of the queue, if any, and one of the quota; the caller has asked before. */
  reserve(queue: string, strategy: { strategyId: string; quota: number }, owner?: Owner): Hold | null {
    if (strategy.quota > 0) {
      this.chosenCounts.set(strategy.strategyId, (this.chosenCounts.get(strategy.strategyId) ?? 0) + 1);
      this.changedQuotas.add(strategy.strategyId);
    }
    return queue === '' ? null : this.capacity.reserve(queue, owner);
  }

  chosenCountOf(strategyId: string): number {
    return this.chosenCounts.get(strategyId) ?? 0;
  }
}
