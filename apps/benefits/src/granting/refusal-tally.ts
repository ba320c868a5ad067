import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClaimsRefused } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, Mongo } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';

const FLUSH_MS = 1_000;
const ENTRIES_MAX = 10_000;

/**
 * Counts refused claims by stock and reason and tells of them once a second: a refusal in a flash sale must not cost a
 * write. A crash may lose the last second's counts, which only the report would miss.
 */
@Injectable()
export class RefusalTally implements OnModuleInit {
  private counts = new Map<string, { stockId: string; reason: string; count: number }>();
  private from: Date;

  constructor(
    private readonly mongo: Mongo,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {
    this.from = clock.now();
  }

  onModuleInit(): void {
    this.tasks.every(FLUSH_MS, 'refusal-tally', () => this.flush());
  }

  /** Tells of the last refusals before the service ends. */
  async onModuleDestroy(): Promise<void> {
    await this.flush();
  }

  count(stockId: string, reason: string): void {
    const key = `${stockId}|${reason}`;
    const entry = this.counts.get(key);
    if (entry) entry.count += 1;
    else if (this.counts.size < ENTRIES_MAX) this.counts.set(key, { stockId, reason, count: 1 });
  }

  private async flush(): Promise<void> {
    const [entries, from, to] = [[...this.counts.values()], this.from, this.clock.now()];
    this.counts = new Map();
    this.from = to;
    if (entries.length === 0) return;
    await this.mongo.transaction(async (tx) => {
      for (const entry of entries) tx.emit(event(ClaimsRefused, entry.stockId, { ...entry, from, to }));
    });
  }
}
