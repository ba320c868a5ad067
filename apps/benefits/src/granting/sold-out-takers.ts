import { Injectable } from '@nestjs/common';
import { logger } from '@tidegate/observability';
import type { Stock } from '../domain/stock';
import { isSoldOut } from '../domain/stock-shards';
import { CountRepository, stockCountKeys } from '../repositories/count.repository';
import { TakerSet } from './taker-set';

/** Four bytes each. */
const TAKERS_MAX = 1_000_000;
const STOCKS_MAX = 16;

const log = logger('sold-out-takers');

interface Holding {
  /** The stock's counts, as read before its takers were. */
  counts: string;
  /** Undefined while they are being read, and when they are too many. */
  takers?: TakerSet;
}

/** What is known of a stock that memory has as sold out, and of one who asks. */
export interface SoldOutView {
  /** Whether the stock's own counts have units again. */
  hasUnits: boolean;
  /** False only for somebody who has claimed nothing of this stock. */
  mayHaveClaimed: boolean;
}

/**
 * Who claimed of a stock that is sold out, held in memory: everybody else is refused without being looked up, and a winner
 * who asks again is looked up and gets his first answer. Each replica reads it once after the sell-out. Should a unit come
 * back, or come back and be claimed at another replica, the stock's counts tell of it, which are read after each caller asked:
 * one small read for all who ask meanwhile. A read from before he asked would not do: he may have won elsewhere in between.
 */
@Injectable()
export class SoldOutTakers {
  private readonly held = new Map<string, Holding>();
  /** By stock, the read that is under way, and the one after it that further callers share. */
  private readonly reading = new Map<string, Promise<boolean>>();
  private readonly awaited = new Map<string, Promise<boolean>>();

  constructor(private readonly counts: CountRepository) {}

  async ask(stock: Stock, customerId: string): Promise<SoldOutView> {
    const hasUnits = await this.confirm(stock);
    return { hasUnits, mayHaveClaimed: this.held.get(stock.stockId)?.takers?.has(customerId) ?? true };
  }

  /** What is known of a stock is old as soon as something is claimed of it. */
  forget(stockId: string): void {
    this.held.delete(stockId);
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
    const known = this.held.get(stock.stockId);
    const keys = stockCountKeys(stock);
    const read = await this.counts.find(keys);
    // Every claim shows in them: what was taken on a day only grows, also when a unit comes back.
    const counts = JSON.stringify(keys.map((key) => read.get(key)));
    const hasUnits = !isSoldOut(stock, [...read.values()]);
    if (known?.counts === counts) return hasUnits;
    if (this.held.size >= STOCKS_MAX) this.held.clear();
    const holding: Holding = { counts };
    this.held.set(stock.stockId, holding);
    void this.readTakers(stock.stockId, holding);
    return hasUnits;
  }

  private async readTakers(stockId: string, holding: Holding): Promise<void> {
    try {
      const customerIds = await this.counts.listTakers(stockId, TAKERS_MAX + 1);
      if (customerIds.length <= TAKERS_MAX) holding.takers = new TakerSet(customerIds);
    } catch (err) {
      log.warn({ err, stockId }, 'the takers of a stock could not be read; they are looked up one by one');
      if (this.held.get(stockId) === holding) this.forget(stockId);
    }
  }
}
