import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import type { UnitsBehind } from '../domain/push-terms';
import { unitsOnDays } from '../domain/stock-promise';
import { StockPromiseRepository } from '../repositories/stock-promise.repository';
import { idsBehind, roomOf } from './domain/benefit-stock';
import type { StocksAsked } from './domain/day-units';
import { StockBook } from './stock-book';
import { StockFollower } from './stock-follower';

/** What may be promised of benefit stocks: what they have left, without what pushes promised that is not claimed yet. */
@Injectable()
export class StockRooms {
  constructor(
    private readonly follower: StockFollower,
    private readonly book: StockBook,
    private readonly promises: StockPromiseRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * For a push.
   * @param days that people's time may be promised on; today alone when there are none
   */
  async open(stockIds: readonly string[], days: readonly string[]): Promise<UnitsBehind> {
    const { stocks, promisesOf, askedAt } = await this.ask(stockIds);
    return (stockId) =>
      idsBehind(stocks, stockId).flatMap((id) => {
        const stock = stocks.get(id);
        if (stock === undefined) return [];
        const promised = promisesOf(id);
        const room = roomOf(id, stock, promised, askedAt);
        const unitsOn = (on: readonly string[]): number => unitsOnDays(room, promised, on);
        if (days.length === 0 || room.dayMax === null) return [{ stockId: id, units: unitsOn([room.day]), room }];
        // Messages go out today, whatever people are promised for later.
        const ofMessages = { stockId: id, units: unitsOn([room.day]), isOfMessages: true };
        return [{ stockId: id, units: unitsOn(days), room }, ofMessages];
      });
  }

  /** These stocks and the parts of bundles as they are now, if `benefits` answers, not as they were heard of last. */
  async ask(stockIds: readonly string[]): Promise<StocksAsked> {
    await this.follower.follow(stockIds);
    const behind = (): string[] => stockIds.flatMap((stockId) => this.book.idsBehind(stockId));
    const askedAt = this.clock.now();
    const promises = await this.promises.openBook(behind(), { now: askedAt });
    // After the promises: a claim that is heard of between the two is counted in the stock alone, never in neither.
    await this.follower.follow(stockIds);
    const stocks = new Map(behind().flatMap((id) => entryOf(id, this.book.find(id))));
    return { stocks, promisesOf: (id) => promises.promisesOf(id), askedAt };
  }
}

const entryOf = <T>(id: string, found: T | undefined): [string, T][] => (found === undefined ? [] : [[id, found]]);
