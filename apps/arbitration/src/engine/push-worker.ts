import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PushCompleted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { DomainError, isRetryable } from '@tidegate/errors';
import { event, Mongo, type Transaction } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { Clock, newId, PeriodicTasks } from '@tidegate/service';
import type { Push } from '../domain/push';
import { PushRepository } from '../repositories/push.repository';
import { LiveStrategies } from './live-strategies';
import { PushBatch } from './push-batch';
import { toPushMessage } from './push-message';
import { PushPlanner } from './push-planner';

const POLL_MS = 1_000;
/** A replica that says nothing for so long is taken for dead, and another goes on. Real time: a test's clock stands still. */
const LEASE_MS = 5_000;
const RENEW_MS = 1_500;
const FAILURES_MAX = 8;

const log = logger('pushes');

/** The push is not this replica's to go on with: finished, cancelled, or another's. */
class NotOurs extends Error {}

/**
 * Works pushes in the background: plans once, then decides batch by batch. The plan and the place in it are stored with the decisions they
 * lead to, so a crash at any point neither decides a member twice nor forgets one.
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
    private readonly strategies: LiveStrategies,
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
    if (push.plannedByQueue === null) push = await this.plan(push);
    while (push.cursor < push.memberCount && !this.isStopping) {
      push = await this.held(pushId, (held, tx) => this.batches.decide(held, tx));
    }
    if (push.cursor < push.memberCount) return;
    await this.held(pushId, async (held, tx) => {
      const done: Push = { ...held, state: 'completed', finishedAt: this.clock.now() };
      tx.emit(event(PushCompleted, pushId, { push: toPushMessage(done) }));
      return done;
    });
    this.failures.delete(pushId);
    await this.pushes.dropParts(pushId);
  }

  private async plan(push: Push): Promise<Push> {
    const strategy = await this.strategies.find(push.strategyId);
    if (strategy === undefined) {
      throw new DomainError({ code: 'NOT_FOUND', reason: 'STRATEGY_NOT_LIVE', message: 'The strategy is not known.' });
    }
    let renewAtMs = Date.now() + RENEW_MS;
    const { members, plannedByQueue } = await this.planner.plan(push, strategy, async () => {
      if (Date.now() < renewAtMs) return;
      await this.held(push.pushId, async (held) => held);
      renewAtMs = Date.now() + RENEW_MS;
    });
    return this.held(push.pushId, async (held, tx) => {
      // The first plan stays, should another replica have made one meanwhile.
      if (held.plannedByQueue !== null) return held;
      await this.pushes.savePlan(push.pushId, members, tx);
      return { ...held, plannedByQueue, memberCount: members.length };
    });
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
