import { localDate } from '../../domain/local-time';
import type { UnitsBehind } from '../../domain/push-terms';
import { unitsAhead, unitsOfDay, type DayPromises } from '../../domain/stock-promise';
import { idsBehind, roomOf, type BenefitStock } from './benefit-stock';

/** Benefit stocks as they were asked about at one moment, with what was promised of them by then. */
export interface StocksAsked {
  stocks: ReadonlyMap<string, BenefitStock>;
  /** As it was before the stocks were asked about. */
  promisesOf: (stockId: string) => readonly DayPromises[];
  askedAt: Date;
}

/**
 * What offers at a later moment may give: of all that is left, which all days share, and of what the stock's own day allows. What is promised
 * for the days until then counts as gone. A stock that was not heard of yet is not limited.
 */
export function unitsAt({ stocks, promisesOf, askedAt }: StocksAsked, at: Date): UnitsBehind {
  return (stockId) =>
    idsBehind(stocks, stockId).flatMap((id) => {
      const stock = stocks.get(id);
      if (stock === undefined) return [];
      const promised = promisesOf(id);
      const room = roomOf(id, stock, promised, askedAt, at);
      const inAll = { stockId: id, units: unitsAhead(room, promised) };
      if (room.dayMax === null) return [inAll];
      const day = localDate(stock.timeZone, at);
      return [inAll, { stockId: id, units: unitsOfDay(room, promised, day), day }];
    });
}
