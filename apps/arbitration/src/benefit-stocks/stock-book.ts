import { Injectable } from '@nestjs/common';
import { hasToGive, idsBehind, type BenefitStock } from './domain/benefit-stock';

const STOCKS_MAX = 4_000;

/** What benefit stocks have to give, as far as it is known: in memory, for every decision. */
@Injectable()
export class StockBook {
  private readonly stocks = new Map<string, BenefitStock>();

  readonly hasToGive = (stockId: string, now: Date): boolean => hasToGive(this.stocks, stockId, now);

  /** What an offer of the stock takes a unit of each. */
  idsBehind(stockId: string): string[] {
    return idsBehind(this.stocks, stockId);
  }

  /** Undefined for one that was not heard of yet. */
  find(stockId: string): BenefitStock | undefined {
    return this.stocks.get(stockId);
  }

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
