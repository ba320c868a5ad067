import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { StockReplenished, StockStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { notFound } from '@tidegate/errors';
import { MessageBus } from '@tidegate/messaging';
import type { Stock } from '../domain/stock';
import { StockRepository } from './stock.repository';

const FRESH_MS = 2_000;
const STOCKS_MAX = 2_000;
/** The database is asked again after so long, should the news of a replenished stock not have arrived. */
const SOLD_OUT_MS = 30_000;

/**
 * Stocks held in memory for the claim and redemption paths. A stock's terms never change after it was set up; one seen sold
 * out stays sold out until an event says otherwise.
 */
@Injectable()
export class StockCatalogue implements OnModuleInit, OnModuleDestroy {
  private readonly held = new Map<string, { stock: Promise<Stock>; loadedAtMs: number }>();
  /** With the stocks that a bundle is made of. */
  private readonly soldOut = new Map<string, { atMs: number; partIds: readonly string[] }>();
  /** The local day for which all of a stock has been claimed; such units never come back. */
  private readonly fullDays = new Map<string, string>();
  private readonly replenishedAtMs = new Map<string, number>();
  private readonly listening: (() => void)[] = [];

  constructor(
    private readonly stocks: StockRepository,
    private readonly bus: MessageBus,
  ) {}

  onModuleInit(): void {
    const onReplenished = this.bus.listen(StockReplenished, ({ data }) => {
      this.forgetSoldOut(data.stockId);
      if (this.replenishedAtMs.size >= STOCKS_MAX) this.replenishedAtMs.clear();
      this.replenishedAtMs.set(data.stockId, Date.now());
    });
    // What was paused is refused as soon as this is heard; should the news be lost, when the stock is read again.
    const onState = this.bus.listen(StockStateChanged, ({ data }) => void this.held.delete(data.stockId));
    this.listening.push(onReplenished, onState);
  }

  onModuleDestroy(): void {
    for (const stop of this.listening) stop();
  }

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

  /** Of many stocks, by id. @throws STOCK_NOT_FOUND */
  async getMany(stockIds: Iterable<string>): Promise<Map<string, Stock>> {
    const stocks = await Promise.all([...new Set(stockIds)].map((stockId) => this.get(stockId)));
    return new Map(stocks.map((stock) => [stock.stockId, stock]));
  }

  isSoldOut(stockId: string): boolean {
    return Date.now() - (this.soldOut.get(stockId)?.atMs ?? 0) < SOLD_OUT_MS;
  }

  /** Notes a refusal; one that was asked for before the stock, or a part of the bundle, was replenished says nothing of now. */
  markSoldOut(stockId: string, askedAtMs: number, partIds: readonly string[] = []): void {
    const isOld = [stockId, ...partIds].some((id) => (this.replenishedAtMs.get(id) ?? 0) >= askedAtMs);
    if (isOld) return;
    if (this.soldOut.size >= STOCKS_MAX) this.soldOut.clear();
    this.soldOut.set(stockId, { atMs: Date.now(), partIds });
  }

  /** The stock, and bundles that it is a part of: a whole one is sold out with any of its parts. */
  forgetSoldOut(stockId: string): void {
    this.soldOut.delete(stockId);
    for (const [bundleId, { partIds }] of this.soldOut) if (partIds.includes(stockId)) this.soldOut.delete(bundleId);
  }

  isDayFull(stockId: string, day: string): boolean {
    return this.fullDays.get(stockId) === day;
  }

  markDayFull(stockId: string, day: string): void {
    if (this.fullDays.size >= STOCKS_MAX) this.fullDays.clear();
    this.fullDays.set(stockId, day);
  }

  private async load(stockId: string): Promise<Stock> {
    const stock = await this.stocks.find(stockId);
    if (!stock) throw notFound('STOCK_NOT_FOUND', 'There is no such stock.');
    return stock;
  }
}
