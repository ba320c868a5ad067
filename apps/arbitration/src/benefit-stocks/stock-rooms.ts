import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { unitsOnDays } from '../domain/stock-promise';
import type { UnitsBehind } from '../domain/push-terms';
import { StockPromiseRepository } from '../repositories/stock-promise.repository';
import { roomOf } from './domain/benefit-stock';
import { StockBook } from './stock-book';
import { StockFollower } from './stock-follower';

/** What a push may promise of benefit stocks: what they have left, without what pushes promised that is not claimed yet. */
@Injectable()
export class StockRooms {
  constructor(
    private readonly follower: StockFollower,
    private readonly book: StockBook,
    private readonly promises: StockPromiseRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * As it is now, if `benefits` answers, not as it was heard of last.
   * @param days that people's time may be promised on; today alone when there are none
   */
  async open(stockIds: readonly string[], days: readonly string[]): Promise<UnitsBehind> {
    await this.follower.follow(stockIds);
    const behind = stockIds.flatMap((stockId) => this.book.idsBehind(stockId));
    const now = this.clock.now();
    const promises = await this.promises.openBook(behind, { now });
    // After the promises: a claim that is heard of between the two is counted in the stock alone, never in neither.
    await this.follower.follow(stockIds);
    return (stockId) =>
      this.book.idsBehind(stockId).flatMap((id) => {
        const stock = this.book.find(id);
        if (stock === undefined) return [];
        const promised = promises.promisesOf(id);
        const room = roomOf(id, stock, promised, now);
        const unitsOn = (on: readonly string[]): number => unitsOnDays(room, promised, on);
        if (days.length === 0 || room.dayMax === null) return [{ stockId: id, units: unitsOn([room.day]), room }];
        // Messages go out today, whatever people are promised for later.
        const ofMessages = { stockId: id, units: unitsOn([room.day]), isOfMessages: true };
        return [{ stockId: id, units: unitsOn(days), room }, ofMessages];
      });
  }
}
