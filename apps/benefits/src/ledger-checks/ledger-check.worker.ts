import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError, isRetryable } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { Clock, newId, PeriodicTasks } from '@tidegate/service';
import type { LedgerCheck, LedgerFindings } from './domain/ledger-check';
import { LedgerChecker } from './ledger-checker';
import { LedgerCheckRepository } from './repositories/ledger-check.repository';

const POLL_MS = 2_000;
/** A replica that says nothing for so long is taken for dead, and another begins anew. Real time: a test's clock stands still. */
const LEASE_MS = 30_000;
const RENEW_MS = 1_000;
const FAILURES_MAX = 3;

const log = logger('ledger-checks');

/** The check is not this replica's to go on with: finished, cancelled, or another's. */
class NotOurs extends Error {}

/** Works the check that is running, in the background. A check only reads, so that one begun anew does no harm. */
@Injectable()
export class LedgerCheckWorker implements OnModuleInit {
  private readonly replica = newId();
  private readonly failures = new Map<string, number>();
  private working: Promise<void> | null = null;
  private isStopping = false;

  constructor(
    private readonly mongo: Mongo,
    private readonly checks: LedgerCheckRepository,
    private readonly checker: LedgerChecker,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(POLL_MS, 'ledger-checks', () => this.work());
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await this.working?.catch(() => undefined);
  }

  /** One may have been started. */
  wake(): void {
    void this.work().catch((err: unknown) => log.error({ err }, 'a check could not be worked; it will be tried again'));
  }

  private work(): Promise<void> {
    this.working ??= this.workRunning().finally(() => {
      this.working = null;
    });
    return this.working;
  }

  private async workRunning(): Promise<void> {
    const checkId = await this.checks.findRunningId();
    if (checkId === undefined || this.isStopping) return;
    try {
      await this.held(checkId, (check) => check);
      const found = await this.checker.run(this.progressOf(checkId));
      await this.held(checkId, (check) => ({
        ...check,
        ...found,
        state: 'completed',
        finishedAt: this.clock.now(),
      }));
      this.failures.delete(checkId);
    } catch (error) {
      await this.afterFailure(checkId, error);
    }
  }

  /** Stores the progress now and then, with the lease; ends the work when the check was cancelled or taken over. */
  private progressOf(checkId: string): (findings: LedgerFindings) => Promise<void> {
    let renewAtMs = 0;
    return async (findings) => {
      if (this.isStopping) throw new NotOurs();
      if (Date.now() < renewAtMs) return;
      await this.held(checkId, (check) => ({ ...check, ...findings }));
      renewAtMs = Date.now() + RENEW_MS;
    };
  }

  private held(checkId: string, change: (check: LedgerCheck) => LedgerCheck): Promise<void> {
    return this.mongo.transaction(async (tx) => {
      const leased = await this.checks.findLeased(checkId, tx);
      if (leased?.check.state !== 'running') throw new NotOurs();
      const { leaseOwner, leaseUntil } = leased.lease;
      if (leaseOwner !== this.replica && leaseUntil.getTime() >= Date.now()) throw new NotOurs();
      const lease = { leaseOwner: this.replica, leaseUntil: new Date(Date.now() + LEASE_MS) };
      await this.checks.save(change(leased.check), tx, lease);
    });
  }

  private async afterFailure(checkId: string, error: unknown): Promise<void> {
    if (error instanceof NotOurs) return;
    const failures = (this.failures.get(checkId) ?? 0) + 1;
    this.failures.set(checkId, failures);
    log.error({ err: error, checkId, failures }, 'a check of the ledger failed');
    if (isRetryable(error) && failures < FAILURES_MAX) return;
    const failureReason = error instanceof DomainError ? error.reason : 'INTERNAL';
    const finishedAt = this.clock.now();
    await this.held(checkId, (check) => ({ ...check, state: 'failed', failureReason, finishedAt })).catch(
      (err: unknown) => log.error({ err, checkId }, 'the failure of a check could not be stored'),
    );
  }
}
