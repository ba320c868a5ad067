import { setImmediate as nextTurn } from 'node:timers/promises';
import { DomainError, isRetryable } from '@tidegate/errors';
import { newId, type Mongo, type Transaction } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import type { PeriodicTasks } from './periodic-tasks';

const log = logger('leased-jobs');

/** The replica at work on a job, and until when the others leave it alone. Real time: a test's clock stands still. */
export interface JobLease {
  leaseOwner: string;
  leaseUntil: Date;
}

/** What a replica that was killed was about to write stays taken for a minute; a job must outlast that. */
const PATIENCE_MS = 90_000;

/** The lease of a job that nobody works. */
export const NO_LEASE: JobLease = { leaseOwner: '', leaseUntil: new Date(0) };

/** Jobs with their leases; each in one document, so that of two replicas that take one only one commits. */
export interface LeasedJobStore<J> {
  /** Ids of running jobs in the order they are worked, at most so many as one turn shall take. */
  listRunning(): Promise<string[]>;
  findLeased(jobId: string, tx: Transaction): Promise<{ job: J; lease: JobLease } | null>;
  /** Read in the same transaction. */
  save(job: J, tx: Transaction, lease: JobLease): Promise<void>;
}

/** A job as the replica that works it holds it. */
export interface JobHold<J> {
  /** True once the service stops: the work ends at its next step, and another replica goes on or begins anew. */
  readonly isStopping: boolean;
  /**
   * Changes the job in a transaction, as long as it runs and is this replica's, and renews the lease. Otherwise it throws
   * what ends the work; so a replica that lost its lease writes nothing in here. Another job than the one it was given is a step done for good.
   */
  change(change: (job: J, tx: Transaction) => J | Promise<J>): Promise<J>;
  /**
   * To be called often in long work: does the same, now and then only, and ends the work of a service that stops. It gives its turn away: seconds of
   * arithmetic in one go would hold up every call of this replica, and outlast the lease.
   */
  keepAlive(change?: (job: J) => J): Promise<void>;
}

export interface LeasedJobsOptions<J> {
  /** What the jobs are, for the log. */
  name: string;
  mongo: Mongo;
  tasks: PeriodicTasks;
  store: LeasedJobStore<J>;
  /** Works one job to its end and stores that it ended. After a crash or a retryable failure it is called again. */
  work(job: J, hold: JobHold<J>): Promise<void>;
  /** The job as it ends when it cannot be done. */
  failed(job: J, failureReason: string): J;
  pollMs: number;
  /** A replica that says nothing for so long is taken for dead, and another takes the job over. */
  leaseMs: number;
  renewMs: number;
  /** Failures of one job in one replica, of the kind that may pass, before it is given up; any step that `change` stored begins the count anew. */
  failuresMax: number;
  /** And only after so long; 90 seconds by default. */
  patienceMs?: number;
}

/** The job is not this replica's to go on with: finished, cancelled, another's, or the service stops. */
class NotOurs extends Error {}

/**
 * Works running jobs in the background, one at a time in a replica, each held by one replica of all. A job whose replica died, stopped or fell silent
 * is taken over when its lease has run out; it ends once. What fails for good, or too often, ends the job as failed.
 */
export class LeasedJobs<J extends { state: string }> {
  private readonly replica = newId();
  private readonly failures = new Map<string, { count: number; sinceMs: number }>();
  private working: Promise<void> | null = null;
  private isStopping = false;

  constructor(private readonly options: LeasedJobsOptions<J>) {}

  start(): void {
    this.options.tasks.every(this.options.pollMs, this.options.name, () => this.workAll());
  }

  /** Waits for the step that is being worked. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.working?.catch(() => undefined);
  }

  /** A job may have been started. */
  wake(): void {
    const { name } = this.options;
    void this.workAll().catch((err: unknown) => log.error({ err, name }, 'no job was worked; it will be tried again'));
  }

  private workAll(): Promise<void> {
    this.working ??= this.workEach().finally(() => {
      this.working = null;
    });
    return this.working;
  }

  private async workEach(): Promise<void> {
    for (const jobId of await this.options.store.listRunning()) {
      if (this.isStopping) return;
      await this.work(jobId).catch((error: unknown) => this.afterFailure(jobId, error));
    }
  }

  private async work(jobId: string): Promise<void> {
    const hold = this.hold(jobId);
    await this.options.work(await hold.change((job) => job), hold);
    this.failures.delete(jobId);
  }

  private hold(jobId: string): JobHold<J> {
    let renewAtMs = 0;
    const isStopping = (): boolean => this.isStopping;
    const renew: JobHold<J>['change'] = async (next) => {
      const changed = await this.change(jobId, next);
      renewAtMs = Date.now() + this.options.renewMs;
      return changed;
    };
    const change: JobHold<J>['change'] = async (next) => {
      let isStep = false;
      const changed = await renew(async (job, tx) => {
        const after = await next(job, tx);
        isStep = after !== job;
        return after;
      });
      // What was done is not done again: a failure after it is the first of another step.
      if (isStep) this.failures.delete(jobId);
      return changed;
    };
    return {
      get isStopping() {
        return isStopping();
      },
      change,
      keepAlive: async (next = (job) => job) => {
        if (this.isStopping) throw new NotOurs();
        if (Date.now() >= renewAtMs) await renew(next);
        await nextTurn();
      },
    };
  }

  private change(jobId: string, change: (job: J, tx: Transaction) => J | Promise<J>): Promise<J> {
    const { mongo, store, leaseMs } = this.options;
    return mongo.transaction(async (tx) => {
      const held = await store.findLeased(jobId, tx);
      if (held?.job.state !== 'running') throw new NotOurs();
      const { leaseOwner, leaseUntil } = held.lease;
      if (leaseOwner !== this.replica && leaseUntil.getTime() >= Date.now()) throw new NotOurs();
      const next = await change(held.job, tx);
      await store.save(next, tx, { leaseOwner: this.replica, leaseUntil: new Date(Date.now() + leaseMs) });
      return next;
    });
  }

  private async afterFailure(jobId: string, error: unknown): Promise<void> {
    if (error instanceof NotOurs) return;
    const { name, failuresMax, patienceMs = PATIENCE_MS, failed } = this.options;
    const { count = 0, sinceMs = Date.now() } = this.failures.get(jobId) ?? {};
    const failures = count + 1;
    this.failures.set(jobId, { count: failures, sinceMs });
    log.error({ err: error, name, jobId, failures }, 'a job failed');
    const isGivenUp = failures >= failuresMax && Date.now() - sinceMs >= patienceMs;
    if (isRetryable(error) && !isGivenUp) return;
    const failureReason = error instanceof DomainError ? error.reason : 'INTERNAL';
    await this.change(jobId, (job) => failed(job, failureReason)).catch((err: unknown) =>
      log.error({ err, name, jobId }, 'the failure of a job could not be stored'),
    );
  }
}
