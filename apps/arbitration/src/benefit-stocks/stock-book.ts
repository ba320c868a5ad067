import { Injectable } from '@nestjs/common';
import { hasToGive, unitsBehind, type BenefitStock, type StockUnits } from './domain/benefit-stock';

const STOCKS_MAX = 4_000;

/** What benefit stocks have to give, as far as it is known: in memory, for every decision. */
@Injectable()
export class StockBook {
  private readonly stocks = new Map<string, BenefitStock>();

  readonly hasToGive = (stockId: string, now: Date): boolean => hasToGive(this.stocks, stockId, now);

  readonly unitsBehind = (stockId: string, now: Date): StockUnits[] => unitsBehind(this.stocks, stockId, now);

  put(stockId: string, stock: BenefitStock): void {
    if (this.stocks.size < STOCKS_MAX || this.stocks.has(stockId)) this.stocks.set(stockId, stock);
  }

  /** Stocks that a bundle is made of. */
  partIdsOf(stockId: string): readonly string[] {
    return this.stocks.get(stockId)?.partIds ?? [];
  }

  /** Forgets all others. */
  keepOnly(stockIds: ReadonlySet<string>): void {
    for (const stockId of this.stocks.keys()) if (!stockIds.has(stockId)) this.stocks.delete(stockId);
  }
}
