import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { LeadDesk } from '../../desk/lead-desk';
import {
  ATTEMPTS_DEFAULT,
  checkChannel,
  checkOneLine,
  checkOverflow,
  checkUsers,
  OFFER_TIMEOUT_SECONDS_DEFAULT,
  OVERFLOW_STEPS_MAX,
  type Queue,
} from '../../domain/queue';
import { QueueRepository } from '../../repositories/queue.repository';
import { RouteRepository } from '../../repositories/route.repository';
import { SeatRepository } from '../../repositories/seat.repository';
import { StrategyStateRepository } from '../../repositories/strategy-state.repository';
import type { PutQueueInput } from './put-queue.request';

/** Sets up a queue of human work; new terms hold for every offer and every wait that begins after it. */
@Injectable()
export class PutQueueUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly queues: QueueRepository,
    private readonly seats: SeatRepository,
    private readonly routes: RouteRepository,
    private readonly strategies: StrategyStateRepository,
    private readonly clock: Clock,
    private readonly desk: LeadDesk,
  ) {}

  /**
   * @throws QUEUE_OVERFLOW_CYCLE, QUEUE_NOT_FOUND (overflow), QUEUE_OF_OTHER_ORG (overflow, seats, routes, strategies), QUEUE_IN_USE (channel),
   * ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED
   */
  async execute({ requestId, queue: input }: PutQueueInput, actor: Actor): Promise<Queue> {
    const queue: Queue = {
      ...input,
      offerTimeoutSeconds: input.offerTimeoutSeconds || OFFER_TIMEOUT_SECONDS_DEFAULT,
      maxAttempts: input.maxAttempts || ATTEMPTS_DEFAULT,
    };
    const saved = await this.mongo.once({ scope: 'put-queue', requestId, input: queue }, async (tx) => {
      const before = await this.queues.find(queue.queue, tx);
      for (const orgPath of [queue.orgPath, before?.orgPath ?? queue.orgPath]) requireOrgScope(actor, orgPath);
      const isMoved = before !== undefined && before.orgPath !== queue.orgPath;
      if (queue.overflowQueue !== '' || isMoved) {
        await this.queues.lockLines(tx);
        await this.checkOverflow(queue, isMoved, tx);
        if (isMoved) await this.checkUsers(queue, tx);
      }
      if (before !== undefined) await this.checkStrategies(queue, before, tx);
      await this.queues.save(queue, tx);
      return queue;
    });
    // Another skill may suit seats that are free already.
    this.desk.feedLater([queue.queue]);
    return saved;
  }

  private async checkOverflow(queue: Queue, isMoved: boolean, tx: Transaction): Promise<void> {
    const next = new Map<string, Queue>();
    for (let at = queue.overflowQueue, steps = 0; at !== '' && steps <= OVERFLOW_STEPS_MAX; steps += 1) {
      const found: Queue | undefined = await this.queues.find(at, tx);
      if (!found || next.has(at)) break;
      next.set(at, found);
      at = found.overflowQueue;
    }
    checkOverflow(queue, (at) => next.get(at)?.overflowQueue);
    const overflow = next.get(queue.overflowQueue);
    const feeders = isMoved ? await this.queues.listOverflowingTo(queue.queue, tx) : [];
    checkOneLine(queue, overflow === undefined ? feeders : [overflow, ...feeders]);
  }

  private async checkUsers(queue: Queue, tx: Transaction): Promise<void> {
    checkUsers(queue, await this.seats.listUsers(queue.queue, tx));
    checkUsers(queue, await this.routes.listUsers(queue.queue, tx));
  }
  private async checkStrategies(queue: Queue, before: Queue, tx: Transaction): Promise<void> {
    if (queue.orgPath === before.orgPath && queue.channel === before.channel) return;
    const strategies = await this.strategies.listUsers(queue.queue, this.clock.now(), tx);
    checkUsers(queue, strategies);
    checkChannel(queue, before, strategies);
  }
}
