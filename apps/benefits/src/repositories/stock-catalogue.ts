import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { Stock } from '../domain/stock';
import { StockRepository } from './stock.repository';

const FRESH_MS = 2_000;
const STOCKS_MAX = 2_000;

/**
 * Stocks held in memory for the claim and redemption paths. A stock's terms never change after it was set up and its limit never grows, so
 * a stock seen sold out stays sold out.
 */
@Injectable()
export class StockCatalogue {
  private readonly held = new Map<string, { stock: Promise<Stock>; loadedAtMs: number }>();
  private readonly soldOut = new Set<string>();

  constructor(private readonly stocks: StockRepository) {}

  /** @throws STOCK_NOT_FOUND */
  get(stockId: string): Promise<Stock> {
    const known = this.held.get(stockId);
    if (known && Date.now() - known.loadedAtMs < FRESH_MS) return known.stock;
    const stock = this.load(stockId);
    if (this.held.size >= STOCKS_MAX) this.held.clear();
    this.held.set(stockId, { stock, loadedAtMs: Date.now() });
    // A stock that is not there now may be there a moment later.
    stock.catch(() => this.held.delete(stockId));
    return stock;
  }

  isSoldOut(stockId: string): boolean {
    return this.soldOut.has(stockId);
  }

  markSoldOut(stockId: string): void {
    if (this.soldOut.size >= STOCKS_MAX) this.soldOut.clear();
    this.soldOut.add(stockId);
  }

  private async load(stockId: string): Promise<Stock> {
    const stock = await this.stocks.find(stockId);
    if (!stock) throw notFound('STOCK_NOT_FOUND', 'There is no such stock.');
    return stock;
  }
}
