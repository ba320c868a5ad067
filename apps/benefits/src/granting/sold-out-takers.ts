import { Injectable } from '@nestjs/common';
import { logger } from '@tidegate/observability';
import { NOTHING_TAKEN, type Count } from '../domain/count';
import type { Stock } from '../domain/stock';
import { isSoldOut } from '../domain/stock-shards';
import { CountRepository, stockCountKeys, type CountView } from '../repositories/count.repository';
import { StockCatalogue } from '../repositories/stock-catalogue';
import { TakerSet } from './taker-set';

/** For so long a read that found a stock sold out is stood on, from when it began; units that come back wait longer. */
export const SOLD_OUT_HOLDS_MS = 250;
/** An older one is read again while it still holds: who asks waits for no read while many do. */
const REFRESH_MS = 100;
/** A return that is told of for so long is left over from a replica that died. */
const RETURN_LEFT_MS = 60_000;
const RETURNS_MAX = 1_000;
/** Four bytes each; of one stock, and of all that are held. */
const TAKERS_MAX = 1_000_000;
const TAKERS_IN_ALL_MAX = 16_000_000;
const STOCKS_MAX = 2_000;

const log = logger('sold-out-takers');

interface Holding {
  /** The stock's counts, as read before its takers were. */
  counts: string;
  /** When the read began by which it is sold out, with no unit about to come back; never for any other. */
  soldOutAtMs: number;
  /** Undefined while they are being read, and when they are too many. */
  takers?: TakerSet;
}

/** What is known of a stock that memory has as sold out, and of one who asks. */
export interface SoldOutView {
  /** Whether there are units again, by the counts of the stock and of the parts that a whole bundle needs. */
  hasUnits: boolean;
  /** False only for somebody who has claimed nothing of this stock. */
  mayHaveClaimed: boolean;
}

/**
 * Who claimed of a stock that is sold out, held in memory: everybody else is refused without a look into the database, and a
 * winner who asks again is looked up and gets his first answer. Each replica reads them once after the sell-out. That nothing is left
 * holds for SOLD_OUT_HOLDS_MS: no unit comes back while a replica stands on it (`UnitReturns`, ADR 0012). While units are about to
 * come back, counts are read after each caller asked, one read for all who ask meanwhile.
 */
@Injectable()
export class SoldOutTakers {
  private readonly held = new Map<string, Holding>();
  /** By stock, the read that is under way, and the one after it that further callers share. */
  private readonly reading = new Map<string, Promise<boolean>>();
  private readonly awaited = new Map<string, Promise<boolean>>();
  /** Since when returns are told of, as far as was seen here. */
  private returnsSeenAtMs = new Map<string, number>();

  constructor(
    private readonly counts: CountRepository,
    private readonly catalogue: StockCatalogue,
  ) {}

  async ask(stock: Stock, customerId: string): Promise<SoldOutView> {
    const hasUnits = !this.isHeldSoldOut(stock) && (await this.confirm(stock));
    return { hasUnits, mayHaveClaimed: this.held.get(stock.stockId)?.takers?.has(customerId) ?? true };
  }

  /** What is known of a stock is old as soon as something is claimed of it. */
  forget(stockId: string): void {
    this.held.delete(stockId);
  }

  private isHeldSoldOut(stock: Stock): boolean {
    const { stockId } = stock;
    const ageMs = performance.now() - (this.held.get(stockId)?.soldOutAtMs ?? -Infinity);
    if (ageMs >= SOLD_OUT_HOLDS_MS) return false;
    const isRead = this.reading.has(stockId) || this.awaited.has(stockId);
    // It holds until it is too old; then who asks reads, and is told what failed.
    if (ageMs >= REFRESH_MS && !isRead) this.confirm(stock).catch(() => undefined);
    return true;
  }

  /** Whether there are units by the counts, read as they are after the call. */
  private confirm(stock: Stock): Promise<boolean> {
    const { stockId } = stock;
    const awaited = this.awaited.get(stockId);
    if (awaited) return awaited;
    const before = this.reading.get(stockId)?.catch(() => undefined);
    const read = Promise.resolve(before).then(() => {
      this.awaited.delete(stockId);
      this.reading.set(stockId, read);
      return this.readCounts(stock);
    });
    this.awaited.set(stockId, read);
    return read.finally(() => this.reading.get(stockId) === read && this.reading.delete(stockId));
  }

  private async readCounts(stock: Stock): Promise<boolean> {
    const beganAtMs = performance.now();
    const known = this.held.get(stock.stockId);
    const parts = stock.isBundleWhole ? await this.catalogue.getMany(stock.bundleStockIds) : new Map<string, Stock>();
    const needed = [stock, ...parts.values()];
    const view = await this.counts.findAtOnce(needed.flatMap(stockCountKeys));
    const hasUnits = !needed.some((one) => isSoldOut(one, countsOf(one, view)));
    const soldOutAtMs = hasUnits || this.hasReturns(view) ? -Infinity : beganAtMs;
    // Every claim shows in them: what was taken on a day only grows, also when a unit comes back.
    const counts = JSON.stringify(countsOf(stock, view));
    if (known?.counts === counts) {
      known.soldOutAtMs = soldOutAtMs;
      return hasUnits;
    }
    if (this.held.size >= STOCKS_MAX) this.held.clear();
    const holding: Holding = { counts, soldOutAtMs };
    this.held.set(stock.stockId, holding);
    void this.readTakers(stock.stockId, holding);
    return hasUnits;
  }

  private hasReturns({ returns }: CountView): boolean {
    const nowMs = performance.now();
    if (this.returnsSeenAtMs.size >= RETURNS_MAX) this.returnsSeenAtMs.clear();
    for (const [key, returnIds] of returns) {
      for (const id of returnIds) if (!this.returnsSeenAtMs.has(id)) this.returnsSeenAtMs.set(id, nowMs);
      const left = returnIds.filter((id) => nowMs - (this.returnsSeenAtMs.get(id) ?? nowMs) >= RETURN_LEFT_MS);
      if (left.length > 0) void this.endReturns(key, left);
    }
    return returns.size > 0;
  }

  /** Whoever would still give a unit back under one of them finds it gone, and starts anew. */
  private async endReturns(key: string, returnIds: string[]): Promise<void> {
    try {
      await this.counts.endReturns(key, returnIds);
      for (const id of returnIds) this.returnsSeenAtMs.delete(id);
    } catch (err) {
      log.warn({ err, key }, 'returns that are left over could not be ended');
    }
  }

  /** Lets go of the stocks that are held longest while takers are too many in all. */
  private makeRoom(): void {
    let size = 0;
    for (const { takers } of this.held.values()) size += takers?.size ?? 0;
    for (const [stockId, { takers }] of this.held) {
      if (size <= TAKERS_IN_ALL_MAX) return;
      size -= takers?.size ?? 0;
      this.held.delete(stockId);
    }
  }

  private async readTakers(stockId: string, holding: Holding): Promise<void> {
    try {
      const customerIds = await this.counts.listTakers(stockId, TAKERS_MAX + 1);
      if (customerIds.length > TAKERS_MAX) return;
      holding.takers = new TakerSet(customerIds);
      this.makeRoom();
    } catch (err) {
      log.warn({ err, stockId }, 'the takers of a stock could not be read; they are looked up one by one');
      if (this.held.get(stockId) === holding) this.forget(stockId);
    }
  }
}

const countsOf = (stock: Stock, { counts }: CountView): Count[] =>
  stockCountKeys(stock).map((key) => counts.get(key) ?? NOTHING_TAKEN);
