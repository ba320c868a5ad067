import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { expireLots, type PointsAccount } from '../../domain/points-account';
import { writeEntry, type PointsEntry } from '../../domain/points-entry';
import { PointsBook } from '../../repositories/points-book';
import { PointsRepository } from '../../repositories/points.repository';

const EVERY_MS = 5_000;
const BATCH_MAX = 250;

/** Takes expired points out of the accounts, back to whoever issued them. */
@Injectable()
export class SweepExpiredPointsUseCase implements OnModuleInit {
  constructor(
    private readonly mongo: Mongo,
    private readonly points: PointsRepository,
    private readonly book: PointsBook,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'sweep-expired-points', () => this.execute());
  }

  /** All that is due, in bounded batches. */
  async execute(): Promise<void> {
    for (;;) {
      const customerIds = await this.points.listExpired(this.clock.now(), BATCH_MAX);
      if (customerIds.length > 0) await this.mongo.transaction((tx) => this.expire(customerIds, tx));
      if (customerIds.length < BATCH_MAX || this.tasks.isStopped) return;
    }
  }

  /** Posted at the time of its own transaction, however long the sweep lasts: a checkpoint of the ledger stands on that. */
  private async expire(customerIds: string[], tx: Transaction): Promise<void> {
    const now = this.clock.now();
    // Read again in the transaction: a customer may have spent them, or another replica may have been here.
    const known = await this.points.findAccounts(customerIds, tx);
    const accounts: PointsAccount[] = [];
    const entries: PointsEntry[] = [];
    for (const before of known.values()) {
      const { account, taken: lots } = expireLots(before, now);
      const last = lots.at(-1);
      if (!last) continue;
      accounts.push(account);
      const reference = last.expiresAt.toISOString();
      entries.push(writeEntry(account, 'expire', { reference, lots, occurredAt: last.expiresAt }, now));
    }
    await this.book.write({ accounts, known, entries }, tx);
  }
}
