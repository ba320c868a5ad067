import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { PushCompleted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { event, Mongo } from '@tidegate/mongo';
import { Clock, LeasedJobs, PeriodicTasks, type JobHold } from '@tidegate/service';
import type { Push } from '../domain/push';
import { PushPartRepository } from '../repositories/push-part.repository';
import { PushRepository } from '../repositories/push.repository';
import { LiveStrategies } from './live-strategies';
import { isDecided, PushBatch } from './push-batch';
import { StrategyAwaited } from './push-context';
import { toPushMessage } from './push-message';
import { PushPlanner, type PushStep } from './push-planner';

const PACE = { pollMs: 1_000, leaseMs: 5_000, renewMs: 1_500, failuresMax: 8 };

const isDone = (push: Push): boolean => push.stage === 'deciding' && isDecided(push);

/**
 * Works pushes in the background, step by step, as long as their strategies are in force: one that is paused, or still to begin, is waited
 * for. Each step's result is stored with the push's progress, in one transaction where it counts, so a crash at any point neither decides a member twice nor forgets one, and costs at most one step.
 */
@Injectable()
export class PushWorker implements OnModuleInit, OnModuleDestroy {
  private readonly jobs: LeasedJobs<Push>;

  constructor(
    mongo: Mongo,
    tasks: PeriodicTasks,
    store: PushRepository,
    private readonly parts: PushPartRepository,
    private readonly planner: PushPlanner,
    private readonly batches: PushBatch,
    strategies: LiveStrategies,
    private readonly clock: Clock,
  ) {
    this.jobs = new LeasedJobs({
      name: 'pushes',
      mongo,
      tasks,
      store: {
        // A push that waits keeps none of the others back.
        listRunning: () => store.listRunning((strategyId) => strategies.isAwaited(strategyId)),
        findLeased: (pushId, tx) => store.findLeased(pushId, tx),
        save: (push, tx, lease) => store.save(push, tx, lease),
      },
      work: (push, hold) => this.work(push, hold),
      failed: (push, failureReason) => ({ ...push, state: 'failed', failureReason, finishedAt: this.clock.now() }),
      ...PACE,
    });
  }

  onModuleInit(): void {
    this.jobs.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.jobs.stop();
  }

  /** A push may have become ready. */
  wake(): void {
    this.jobs.wake();
  }

  private async work(begun: Push, hold: JobHold<Push>): Promise<void> {
    let push = begun;
    try {
      while (!hold.isStopping && !isDone(push)) push = await hold.change(await this.nextStep(push, hold));
    } catch (error) {
      if (error instanceof StrategyAwaited) return;
      throw error;
    }
    if (!isDone(push)) return;
    const { pushId } = push;
    await hold.change((held, tx) => {
      const done: Push = { ...held, state: 'completed', finishedAt: this.clock.now() };
      tx.emit(event(PushCompleted, pushId, { push: toPushMessage(done) }));
      return done;
    });
    await this.parts.drop(push);
  }

  private async nextStep(push: Push, hold: JobHold<Push>): Promise<PushStep> {
    if (push.stage === 'deciding') return (held, tx) => this.batches.decide(held, tx);
    if (push.stage === 'pricing') return this.planner.price(push, hold);
    return push.stage === 'scoring' ? this.planner.score(push) : this.planner.allocate(push, hold);
  }
}
