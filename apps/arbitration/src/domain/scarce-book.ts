import { isDay, splitSlot, type Hold, type Owner } from './capacity';
import type { CapacityBook, IsMeant } from './capacity-book';
import { PromiseBook } from './promise-book';
import { QuotaBook } from './quota-book';
import type { StockTake } from './stock-promise';

/** Capacity, quota and benefit stocks as one batch of decisions sees and spends them. */
export class ScarceBook {
  readonly changedQuotas = new Set<string>();

  constructor(
    readonly capacity: CapacityBook,
    /** Strategy → times chosen so far, for strategies with a quota. */
    private readonly chosenCounts: Map<string, number>,
    /** Quotas that strategies share. */
    readonly quotas: QuotaBook = new QuotaBook(new Map()),
    /** Of pushes alone: others only ask whether a stock has anything left. */
    readonly promises: PromiseBook = new PromiseBook(new Date(0)),
  ) {}

  /** Another book of the same state, to be spent from by itself. */
  copy(): ScarceBook {
    return new ScarceBook(this.capacity.copy(), new Map(this.chosenCounts), this.quotas.copy());
  }

  hasQuota(strategy: { strategyId: string; quota: number }): boolean {
    return strategy.quota === 0 || (this.chosenCounts.get(strategy.strategyId) ?? 0) < strategy.quota;
  }

  /** Whether a unit of the benefit stock may be promised; of what people bring, for a day that has their time left too. */
  hasUnits({ queue, benefitStockId }: Offer, owner?: Owner, isMeant?: IsMeant): boolean {
    const { promises } = this;
    if (!promises.isLimited(benefitStockId)) return true;
    if (queue === '') return promises.hasRoom(benefitStockId);
    return this.capacity.hasRoom(queue, owner, this.slotsWith(benefitStockId, isMeant));
  }

  /** Takes one unit of the queue, if any, one of the quota and one of the stock; the caller has asked before. */
  reserve(
    { queue, benefitStockId }: Offer,
    strategy: { strategyId: string; quota: number },
    owner?: Owner,
    isMeant?: IsMeant,
  ): { hold: Hold | null; stockTakes: StockTake[] } {
    if (strategy.quota > 0) {
      this.chosenCounts.set(strategy.strategyId, (this.chosenCounts.get(strategy.strategyId) ?? 0) + 1);
      this.changedQuotas.add(strategy.strategyId);
    }
    const hold = queue === '' ? null : this.capacity.reserve(queue, owner, this.slotsWith(benefitStockId, isMeant));
    return { hold, stockTakes: this.promises.take(benefitStockId, hold === null ? undefined : dayOf(hold.slot)) };
  }

  chosenCountOf(strategyId: string): number {
    return this.chosenCounts.get(strategyId) ?? 0;
  }

  /** Of the slots that are meant, those that have a unit of the stock left on their day; undefined for all. */
  private slotsWith(stockId: string, isMeant?: IsMeant): IsMeant | undefined {
    if (!this.promises.isLimited(stockId)) return isMeant;
    return (slot) => this.promises.hasRoom(stockId, dayOf(slot)) && (isMeant?.(slot) ?? true);
  }
}

/** Where an offer is made, and what it brings. */
interface Offer {
  queue: string;
  benefitStockId: string;
}

/** The day of a slot that is one; undefined for a week or a name, which are worked from today on. */
function dayOf(slot: string): string | undefined {
  const { day } = splitSlot(slot);
  return isDay(day) ? day : undefined;
}
