import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock, LeasedJobs, PeriodicTasks, type JobHold } from '@tidegate/service';
import type { LedgerCheck } from './domain/ledger-check';
import { LedgerChecker } from './ledger-checker';
import { LedgerCheckRepository } from './repositories/ledger-check.repository';

const PACE = { pollMs: 2_000, leaseMs: 30_000, renewMs: 1_000, failuresMax: 3 };

/** Works the check that is running, in the background. A check only reads, so that one begun anew does no harm. */
@Injectable()
export class LedgerCheckWorker implements OnModuleInit, OnModuleDestroy {
  private readonly jobs: LeasedJobs<LedgerCheck>;

  constructor(
    mongo: Mongo,
    tasks: PeriodicTasks,
    store: LedgerCheckRepository,
    private readonly checker: LedgerChecker,
    private readonly clock: Clock,
  ) {
    this.jobs = new LeasedJobs({
      name: 'ledger-checks',
      mongo,
      tasks,
      store,
      work: (_check, hold) => this.work(hold),
      failed: (check, failureReason) => ({ ...check, state: 'failed', failureReason, finishedAt: this.clock.now() }),
      ...PACE,
    });
  }

  onModuleInit(): void {
    this.jobs.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.jobs.stop();
  }

  /** One may have been started. */
  wake(): void {
    this.jobs.wake();
  }

  private async work(hold: JobHold<LedgerCheck>): Promise<void> {
    const found = await this.checker.run((findings) => hold.keepAlive((check) => ({ ...check, ...findings })));
    await hold.change((check) => ({ ...check, ...found, state: 'completed', finishedAt: this.clock.now() }));
  }
}
