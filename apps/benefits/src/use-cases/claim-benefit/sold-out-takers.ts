import { Injectable } from '@nestjs/common';
import { logger } from '@tidegate/observability';
import type { Stock } from '../../domain/stock';
import { CountRepository, stockCountKeys } from '../../repositories/count.repository';
import { TakerSet } from './taker-set';

/** Four bytes each. */
const TAKERS_MAX = 1_000_000;
const STOCKS_MAX = 16;
/** The stock's count is read again after so long: a claim that another replica took in the meantime shows in it. */
const CONFIRM_MS = 500;

const log = logger('sold-out-takers');

interface Holding {
  /** The stock's counts, as read before its takers were. */
  counts: string;
  confirmedAtMs: number;
  /** Undefined while they are being read, and when they are too many. */
  takers?: TakerSet;
}

/**
 * Who claimed of a stock that is sold out, held in memory: everybody else is refused without a look into the database, and
 * a winner who asks again is looked up and gets his first answer. Each replica reads it once after the sell-out. Should
 * a unit come back and be claimed at another replica, this one knows of it with the news of the bus, at the latest
 * after half a second.
 */
@Injectable()
export class SoldOutTakers {
  private readonly held = new Map<string, Holding>();
  private readonly confirming = new Map<string, Promise<void>>();

  constructor(private readonly counts: CountRepository) {}

  /** False only for somebody who has claimed nothing of this stock. */
  async mayHaveClaimed(stock: Stock, customerId: string): Promise<boolean> {
    if (!this.isConfirmed(stock.stockId)) await this.confirm(stock);
    return this.held.get(stock.stockId)?.takers?.has(customerId) ?? true;
  }

  /** What is known of a stock is old as soon as something is claimed of it. */
  forget(stockId: string): void {
    this.held.delete(stockId);
  }

  private isConfirmed(stockId: string): boolean {
    return Date.now() - (this.held.get(stockId)?.confirmedAtMs ?? 0) < CONFIRM_MS;
  }

  /** Concurrent callers share one read. */
  private confirm(stock: Stock): Promise<void> {
    const { stockId } = stock;
    let confirming = this.confirming.get(stockId);
    if (!confirming) {
      confirming = this.readCounts(stock).finally(() => this.confirming.delete(stockId));
      this.confirming.set(stockId, confirming);
    }
    return confirming;
  }

  private async readCounts(stock: Stock): Promise<void> {
    const [known, confirmedAtMs] = [this.held.get(stock.stockId), Date.now()];
    const keys = stockCountKeys(stock);
    const read = await this.counts.find(keys);
    // Every claim shows in them: what was taken on a day only grows, also when a unit comes back.
    const counts = JSON.stringify(keys.map((key) => read.get(key)));
    if (known?.counts === counts) {
      known.confirmedAtMs = confirmedAtMs;
      return;
    }
    if (this.held.size >= STOCKS_MAX) this.held.clear();
    const holding: Holding = { counts, confirmedAtMs };
    this.held.set(stock.stockId, holding);
    void this.readTakers(stock.stockId, holding);
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
