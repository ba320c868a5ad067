import { isDay, splitSlot, type Hold, type Owner } from './capacity';
import type { CapacityBook, IsMeant } from './capacity-book';
import { PromiseBook } from './promise-book';
import { QuotaBook } from './quota-book';
import type { QuotaTake, QuotaUse } from './quota';
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
  hasUnits({ queue, benefitStockId }: Offer, owner?: Owner, times: OfferTimes = {}): boolean {
    const { promises } = this;
    if (!promises.isLimited(benefitStockId)) return true;
    if (queue === '') return promises.hasRoom(benefitStockId);
    return this.capacity.hasRoom(queue, owner, this.slotsWith({ benefitStockId, quotaUses: [] }, times));
  }

  /** Whether the quotas it shares have room when it takes place; of what people bring, in a slot that has all else left too. */
  hasShared(offer: Offer, owner?: Owner, times: OfferTimes = {}): boolean {
    if (offer.quotaUses.length === 0) return true;
    if (offer.queue === '') return this.quotas.hasRoom(offer.quotaUses, times.dayIn?.(null));
    return this.capacity.hasRoom(offer.queue, owner, this.slotsWith(offer, times));
  }

  /** Takes one unit of the queue, if any, one of the quota and one of the stock, and what it uses of shared quotas; the caller has asked before. */
  reserve(
    offer: Offer,
    strategy: { strategyId: string; quota: number },
    owner?: Owner,
    times: OfferTimes = {},
  ): { hold: Hold | null; stockTakes: StockTake[]; quotaTakes: QuotaTake[] } {
    const { queue, benefitStockId, quotaUses } = offer;
    if (strategy.quota > 0) {
      this.chosenCounts.set(strategy.strategyId, (this.chosenCounts.get(strategy.strategyId) ?? 0) + 1);
      this.changedQuotas.add(strategy.strategyId);
    }
    const hold = queue === '' ? null : this.capacity.reserve(queue, owner, this.slotsWith(offer, times));
    const stockTakes = this.promises.take(benefitStockId, hold === null ? undefined : dayOf(hold.slot));
    const day = quotaUses.length === 0 ? undefined : times.dayIn?.(hold?.slot ?? null);
    return { hold, stockTakes, quotaTakes: this.quotas.take(quotaUses, day) };
  }

  chosenCountOf(strategyId: string): number {
    return this.chosenCounts.get(strategyId) ?? 0;
  }

  /** Of the slots that are meant, those that have a unit of the stock, and room in the quotas, left on their day; undefined for all. */
  private slotsWith(
    { benefitStockId, quotaUses }: Omit<Offer, 'queue'>,
    { isMeant, dayIn }: OfferTimes,
  ): IsMeant | undefined {
    const isOfStock = this.promises.isLimited(benefitStockId);
    if (!isOfStock && quotaUses.length === 0) return isMeant;
    return (slot) =>
      (!isOfStock || this.promises.hasRoom(benefitStockId, dayOf(slot))) &&
      this.quotas.hasRoom(quotaUses, dayIn?.(slot)) &&
      (isMeant?.(slot) ?? true);
  }
}

/** Where an offer is made, what it brings, and what it uses of shared quotas. */
interface Offer {
  queue: string;
  benefitStockId: string;
  quotaUses: readonly QuotaUse[];
}

/** When an offer can take place. */
export interface OfferTimes {
  /** The slots of people's time in which it breaks no rule; all when left out. */
  isMeant?: IsMeant;
  /** The bank's day on which it takes place in this slot, or (null) without people's time; today for undefined, and when left out. */
  dayIn?: (slot: string | null) => string | undefined;
}

/** The day of a slot that is one; undefined for a week or a name, which are worked from today on. */
function dayOf(slot: string): string | undefined {
  const { day } = splitSlot(slot);
  return isDay(day) ? day : undefined;
}
