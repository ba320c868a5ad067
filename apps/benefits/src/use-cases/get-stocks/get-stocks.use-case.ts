import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { NOTHING_TAKEN, takenOn } from '../../domain/count';
import { localDay, type Stock } from '../../domain/stock';
import { ClaimEffects } from '../../granting/claim-effects';
import { CountRepository, stockCountKeys } from '../../repositories/count.repository';
import { StockRepository } from '../../repositories/stock.repository';

/** A stock with what was claimed of it, in all and on the current day of its zone. */
export interface CountedStock {
  stock: Stock;
  claimedCount: number;
  day: string;
  claimedOnDayCount: number;
  /** What is left of what claims use up beside units; undefined where they use up nothing. */
  supplyLeftCount: number | undefined;
}

/** Many stocks at once, for services that follow what is left. */
@Injectable()
export class GetStocksUseCase {
  constructor(
    private readonly stocks: StockRepository,
    private readonly counts: CountRepository,
    private readonly effects: ClaimEffects,
    private readonly clock: Clock,
  ) {}

  /** Those that are there. */
  async execute(stockIds: readonly string[]): Promise<CountedStock[]> {
    const now = this.clock.now();
    const stocks = await this.stocks.findMany(stockIds);
    const counts = await this.counts.find(stocks.flatMap(stockCountKeys));
    const supplies = await this.effects.supplies(stocks);
    return stocks.map((stock) => {
      const day = localDay(now, stock.timeZone);
      const own = stockCountKeys(stock).map((key) => counts.get(key) ?? NOTHING_TAKEN);
      return {
        stock,
        claimedCount: own.reduce((sum, { total }) => sum + total, 0),
        day,
        claimedOnDayCount: own.reduce((sum, count) => sum + takenOn(count, day), 0),
        supplyLeftCount: supplies.get(stock.stockId)?.left,
      };
    });
  }
}
