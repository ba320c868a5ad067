import type { ReservationState } from './decision';
import { localDate } from './local-time';
import { unitsOnDays, type DayPromises, type StockRoom, type StockTake } from './stock-promise';

/** Days before the last one that are still kept: who is a day late finds his own. */
const KEPT_DAYS = 64;
const PROMISED: readonly ReservationState[] = ['reserved', 'committed'];

/** What offers of a stock take a unit of each: itself, and of a whole bundle its parts. */
export type RoomsByOffer = ReadonlyMap<string, readonly StockRoom[]>;

/** Benefit stocks as one batch sees and promises them. An offer whose stock has no room here is not limited, and promises nothing. */
export class PromiseBook {
  readonly changed = new Set<string>();

  constructor(
    private readonly now: Date,
    private readonly byStock: Map<string, DayPromises[]> = new Map(),
    private readonly rooms: RoomsByOffer = new Map(),
  ) {}

  isLimited(stockId: string): boolean {
    return this.rooms.has(stockId);
  }

  /** @param day when the offer is made; today when left out */
  hasRoom(stockId: string, day?: string): boolean {
    return this.roomsOf(stockId).every((room) => {
      const days = [day ?? this.todayOf(room)];
      return unitsOnDays(room, this.byStock.get(room.stockId) ?? [], days) > 0;
    });
  }

  /** Promises a unit of each; the caller has asked before. */
  take(stockId: string, day?: string): StockTake[] {
    const takes = this.roomsOf(stockId).map((room) => ({ stockId: room.stockId, day: day ?? this.todayOf(room) }));
    for (const take of takes) this.count(take, { promised: 1, claimed: 0 });
    return takes;
  }

  /** Follows a decision's reservation: what is released or expired is promised no more, a word that comes late promises it again. */
  follow(takes: readonly StockTake[], from: ReservationState, to: ReservationState): void {
    const promised = Number(PROMISED.includes(to)) - Number(PROMISED.includes(from));
    if (promised !== 0) for (const take of takes) this.count(take, { promised, claimed: 0 });
  }

  /** A unit that was promised was claimed: from now on the stock counts it itself. */
  claim(takes: readonly StockTake[]): void {
    for (const take of takes) this.count(take, { promised: 0, claimed: 1 });
  }

  promisesOf(stockId: string): readonly DayPromises[] {
    return this.byStock.get(stockId) ?? [];
  }

  private count({ stockId, day }: StockTake, by: { promised: number; claimed: number }): void {
    const days = this.byStock.get(stockId) ?? [];
    const own = days.find((one) => one.day === day) ?? { day, promisedCount: 0, claimedCount: 0 };
    const counted = {
      day,
      promisedCount: own.promisedCount + by.promised,
      claimedCount: own.claimedCount + by.claimed,
    };
    const next = [...days.filter((one) => one !== own), counted].sort((a, b) => (a.day < b.day ? -1 : 1));
    this.byStock.set(stockId, next.slice(-KEPT_DAYS));
    this.changed.add(stockId);
  }

  private roomsOf(stockId: string): readonly StockRoom[] {
    return this.rooms.get(stockId) ?? [];
  }

  private todayOf = ({ timeZone }: StockRoom): string => localDate(timeZone, this.now);
}
