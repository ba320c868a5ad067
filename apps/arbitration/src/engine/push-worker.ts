import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PushCompleted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { DomainError, isRetryable } from '@tidegate/errors';
import { event, Mongo, type Transaction } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { Clock, newId, PeriodicTasks } from '@tidegate/service';
import type { Push } from '../domain/push';
import { PushPartRepository } from '../repositories/push-part.repository';
import { PushRepository } from '../repositories/push.repository';
import { isDecided, PushBatch } from './push-batch';
import { toPushMessage } from './push-message';
import { PushPlanner, type PushStep } from './push-planner';

const POLL_MS = 1_000;
/** A replica that says nothing for so long is taken for dead, and another goes on. Real time: a test's clock stands still. */
const LEASE_MS = 5_000;
const RENEW_MS = 1_500;
const FAILURES_MAX = 8;

const log = logger('pushes');

/** The push is not this replica's to go on with: finished, cancelled, or another's. */
class NotOurs extends Error {}

const isDone = (push: Push): boolean => push.stage === 'deciding' && isDecided(push);

/**
 * Works pushes in the background, step by step: each step's result is stored with the push's progress, in one transaction where it counts, so
 * a crash at any point neither decides a member twice nor forgets one, and costs at most one step.
 */
@Injectable()
export class PushWorker implements OnModuleInit {
  private readonly replica = newId();
  private readonly failures = new Map<string, number>();
  private working: Promise<void> | null = null;
  private isStopping = false;

  constructor(
    private readonly mongo: Mongo,
    private readonly pushes: PushRepository,
    private readonly parts: PushPartRepository,
    private readonly planner: PushPlanner,
    private readonly batches: PushBatch,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(POLL_MS, 'pushes', () => this.workAll());
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await this.working?.catch(() => undefined);
  }

  /** A push may have become ready. */
  wake(): void {
    void this.workAll().catch((err: unknown) =>
      log.error({ err }, 'a push could not be worked; it will be tried again'),
    );
  }

  private workAll(): Promise<void> {
    this.working ??= this.workEach().finally(() => {
      this.working = null;
    });
    return this.working;
  }

  private async workEach(): Promise<void> {
    for (const pushId of await this.pushes.listRunning()) {
      if (this.isStopping) return;
      await this.work(pushId).catch((error: unknown) => this.afterFailure(pushId, error));
    }
  }

  private async work(pushId: string): Promise<void> {
    let push = await this.held(pushId, async (held) => held);
    while (!this.isStopping && !isDone(push)) push = await this.held(pushId, await this.nextStep(push));
    if (!isDone(push)) return;
    await this.held(pushId, async (held, tx) => {
      const done: Push = { ...held, state: 'completed', finishedAt: this.clock.now() };
      tx.emit(event(PushCompleted, pushId, { push: toPushMessage(done) }));
      return done;
    });
    this.failures.delete(pushId);
    await this.parts.drop(pushId);
  }

  private async nextStep(push: Push): Promise<PushStep> {
    if (push.stage === 'deciding') return (held, tx) => this.batches.decide(held, tx);
    const keepAlive = this.keepAlive(push.pushId);
    if (push.stage === 'pricing') return this.planner.price(push, keepAlive);
    return push.stage === 'scoring' ? this.planner.score(push) : this.planner.allocate(push, keepAlive);
  }

  /** Renews the lease now and then; ends the work when the push was cancelled or taken over. */
  private keepAlive(pushId: string): () => Promise<void> {
    let renewAtMs = Date.now() + RENEW_MS;
    return async () => {
      if (Date.now() < renewAtMs) return;
      if (this.isStopping) throw new NotOurs();
      await this.held(pushId, async (held) => held);
      renewAtMs = Date.now() + RENEW_MS;
    };
  }

  /** Changes the push in a transaction, as long as it is running and ours; the lease is renewed with every step. */
  private held(pushId: string, change: (push: Push, tx: Transaction) => Promise<Push>): Promise<Push> {
    return this.mongo.transaction(async (tx) => {
      const leased = await this.pushes.findLeased(pushId, tx);
      const isOurs = leased?.leaseOwner === this.replica || (leased?.leaseUntil.getTime() ?? 0) < Date.now();
      if (leased === null || leased.push.state !== 'running' || !isOurs) throw new NotOurs();
      const next = await change(leased.push, tx);
      await this.pushes.save(next, tx, { leaseOwner: this.replica, leaseUntil: new Date(Date.now() + LEASE_MS) });
      return next;
    });
  }

  private async afterFailure(pushId: string, error: unknown): Promise<void> {
    if (error instanceof NotOurs) return;
    const failures = (this.failures.get(pushId) ?? 0) + 1;
    this.failures.set(pushId, failures);
    log.error({ err: error, pushId, failures }, 'a push failed');
    if (isRetryable(error) && failures < FAILURES_MAX) return;
    const failureReason = error instanceof DomainError ? error.reason : 'INTERNAL';
    await this.held(pushId, async (held) => ({
      ...held,
      state: 'failed',
      failureReason,
      finishedAt: this.clock.now(),
    })).catch((err: unknown) => log.error({ err, pushId }, 'the failure of a push could not be stored'));
  }
}
