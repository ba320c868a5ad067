import { refused } from '@tidegate/errors';
import { QuotaBook } from './quota-book';

/** Units of people's time 产能 of one queue in one slot. `reserved` are promised, `used` are done. */
export interface Capacity {
  queue: string;
  slot: string;
  units: number;
  reserved: number;
  used: number;
}

/** Slot whose units every new day of a queue begins with. */
export const DEFAULT_SLOT = 'default';

export const capacityId = (queue: string, slot: string): string => `${queue}|${slot}`;

export const freeUnits = (capacity: Capacity): number =>
  Math.max(0, capacity.units - capacity.reserved - capacity.used);

/** @throws CAPACITY_BELOW_RESERVED when more is already promised or done. */
export function withUnits(capacity: Capacity, units: number): Capacity {
  const taken = capacity.reserved + capacity.used;
  if (units < taken) {
    throw refused('CAPACITY_BELOW_RESERVED', `${taken} units of this slot are already reserved or used.`, {
      taken: String(taken),
    });
  }
  return { ...capacity, units };
}

/** Capacity and quota as one batch of decisions sees and spends them. */
export class ScarceBook {
  readonly changed = new Set<string>();
  readonly changedQuotas = new Set<string>();

  constructor(
    /** Queue → the slot in force for it, absent when it has no capacity at all. */
    private readonly byQueue: ReadonlyMap<string, Capacity>,
    /** Strategy → times chosen so far, for strategies with a quota. */
    private readonly chosenCounts: Map<string, number>,
    /** Quotas that strategies share. */
    readonly quotas: QuotaBook = new QuotaBook(new Map()),
  ) {}

  /** Another book of the same state, to be spent from by itself. */
  copy(): ScarceBook {
    const byQueue = new Map([...this.byQueue].map(([queue, capacity]) => [queue, { ...capacity }]));
    return new ScarceBook(byQueue, new Map(this.chosenCounts), this.quotas.copy());
  }

  slotOf(queue: string): string {
    return this.byQueue.get(queue)?.slot ?? '';
  }

  freeOf(queue: string): number {
    const capacity = this.byQueue.get(queue);
    return capacity === undefined ? 0 : freeUnits(capacity);
  }

  hasQuota(strategy: { strategyId: string; quota: number }): boolean {
    return strategy.quota === 0 || (this.chosenCounts.get(strategy.strategyId) ?? 0) < strategy.quota;
  }

  /** Takes one unit of the queue, if any, and one of the quota; the caller has asked before. */
  reserve(queue: string, strategy: { strategyId: string; quota: number }): void {
    const capacity = this.byQueue.get(queue);
    if (capacity !== undefined) {
      capacity.reserved += 1;
      this.changed.add(queue);
    }
    if (strategy.quota > 0) {
      this.chosenCounts.set(strategy.strategyId, (this.chosenCounts.get(strategy.strategyId) ?? 0) + 1);
      this.changedQuotas.add(strategy.strategyId);
    }
  }

  capacityOf(queue: string): Capacity | undefined {
    return this.byQueue.get(queue);
  }

  chosenCountOf(strategyId: string): number {
    return this.chosenCounts.get(strategyId) ?? 0;
  }
}
