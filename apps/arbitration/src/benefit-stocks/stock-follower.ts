import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { StockReplenished, StockSoldOut, StockStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { MessageBus } from '@tidegate/messaging';
import { logger } from '@tidegate/observability';
import { PeriodicTasks } from '@tidegate/service';
import { StrategyCatalogue } from '../engine/strategy-catalogue';
import { StockBook } from './stock-book';
import { StockPeer } from './stock-peer';

const POLL_MS = 500;
/** A stock is asked about again after so long, should news of it not have arrived. Real time. */
const STALE_MS = 10_000;
/** `benefits` is left alone for so long after it did not answer. */
const PAUSE_MS = 2_000;
const STOCKS_MAX = 2_000;
const ASKED_AT_ONCE = 200;

const log = logger('benefit-stocks');

/**
 * Keeps the book of the stocks that published strategies name. News of a stock only makes it be asked about again, so news that come twice,
 * late or out of order do no harm; and each is asked about every ten seconds whatever is told.
 */
@Injectable()
export class StockFollower implements OnModuleInit, OnModuleDestroy {
  private readonly askedAtMs = new Map<string, number>();
  /** Of drafts that are simulated. */
  private readonly wanted = new Set<string>();
  /** One round at a time: an older answer must not be put over a newer one. */
  private last: Promise<void> = Promise.resolve();
  private pausedUntilMs = 0;
  private listening: (() => void)[] = [];

  constructor(
    private readonly peer: StockPeer,
    private readonly book: StockBook,
    private readonly strategies: StrategyCatalogue,
    private readonly bus: MessageBus,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    const heard = ({ data }: { data: { stockId: string } }): void => {
      if (this.askedAtMs.delete(data.stockId)) void this.refresh();
    };
    this.listening = [
      this.bus.listen(StockSoldOut, heard),
      this.bus.listen(StockReplenished, heard),
      this.bus.listen(StockStateChanged, heard),
    ];
    this.tasks.every(POLL_MS, 'benefit stocks', () => this.refresh());
  }

  onModuleDestroy(): void {
    for (const stop of this.listening) stop();
  }

  /** Follows these too, and knows what they have left now when it returns, if `benefits` answers. */
  async follow(stockIds: readonly string[]): Promise<void> {
    if (this.wanted.size + stockIds.length > STOCKS_MAX) this.wanted.clear();
    for (const stockId of stockIds) {
      this.wanted.add(stockId);
      for (const each of [stockId, ...this.book.partIdsOf(stockId)]) this.askedAtMs.delete(each);
    }
    await this.refresh();
    // By now it is known which of them are bundles.
    await this.refresh();
  }

  /** Asks about whatever is due; what was told of before the call is known when it returns, if `benefits` answers. */
  refresh(): Promise<void> {
    this.last = this.last.then(() => this.askDue());
    return this.last;
  }

  private async askDue(): Promise<void> {
    if (Date.now() < this.pausedUntilMs) return;
    const named = this.named();
    this.book.keepOnly(named);
    const due = [...named].filter((stockId) => Date.now() - (this.askedAtMs.get(stockId) ?? 0) >= STALE_MS);
    try {
      for (let from = 0; from < due.length && !this.tasks.isStopped; from += ASKED_AT_ONCE) {
        await this.ask(due.slice(from, from + ASKED_AT_ONCE));
      }
    } catch (err) {
      this.pausedUntilMs = Date.now() + PAUSE_MS;
      log.warn({ err }, 'benefits does not say what its stocks have left; what it said last holds');
    }
  }

  private async ask(stockIds: readonly string[]): Promise<void> {
    // Before the question: news that come while it is answered make it be asked again.
    for (const stockId of stockIds) this.askedAtMs.set(stockId, Date.now());
    try {
      for (const [stockId, stock] of await this.peer.getMany(stockIds)) this.book.put(stockId, stock);
    } catch (error) {
      for (const stockId of stockIds) this.askedAtMs.delete(stockId);
      throw error;
    }
  }

  /** With the parts of those that are bundles. */
  private named(): Set<string> {
    const named = new Set([...this.strategies.benefitStockIds(), ...this.wanted].slice(0, STOCKS_MAX));
    for (const stockId of [...named]) for (const partId of this.book.partIdsOf(stockId)) named.add(partId);
    for (const stockId of this.askedAtMs.keys()) if (!named.has(stockId)) this.askedAtMs.delete(stockId);
    return named;
  }
}
