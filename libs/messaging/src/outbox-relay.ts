import { setTimeout as delay } from 'node:timers/promises';
import { afterStep } from '@tidegate/crash-points';
import type { Mongo, OutboxMessage } from '@tidegate/mongo';
import { gauge, logger } from '@tidegate/observability';
import type { MessageBus } from './message-bus';

const IN_FLIGHT_MAX = 64;
const QUEUE_MAX = 10_000;
const SWEEP_EVERY_MS = 2_000;
const SWEEP_LIMIT = 500;
/** Younger messages are still on their way in this process. */
const SWEEP_AGE_MS = 3_000;
/** After a crash as much is published again, which inboxes make harmless. */
const MARK_EVERY_MS = 1_000;
const RETRY_DELAY_MS = 200;

const log = logger('outbox');
const backlog = gauge('outbox_backlog_messages', 'Outbox messages waiting in this process');

/**
 * Publishes each stored message right after its commit, and sweeps what a crash or a lost broker left behind. A message may
 * be published twice; inboxes make that harmless.
 */
export class OutboxRelay {
  private queue: OutboxMessage[] = [];
  private known = new Set<string>();
  private sent: string[] = [];
  private inFlight = 0;
  private isStopping = false;
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly mongo: Mongo,
    private readonly bus: MessageBus,
  ) {}

  start(): void {
    this.mongo.onCommit((messages) => this.enqueue(messages));
    this.every(SWEEP_EVERY_MS, () => this.sweep(new Date(Date.now() - SWEEP_AGE_MS)));
    this.every(MARK_EVERY_MS, () => this.markSent());
    void this.sweep(new Date()).catch((err: unknown) => log.warn({ err }, 'the first sweep failed'));
  }

  /** Publishes what is queued, within a bound; the rest is swept after the next start. */
  async stop(): Promise<void> {
    const deadline = Date.now() + 3_000;
    while ((this.queue.length > 0 || this.inFlight > 0) && Date.now() < deadline) await delay(10);
    this.isStopping = true;
    for (const timer of this.timers) clearInterval(timer);
    await this.markSent().catch(() => undefined);
  }

  private enqueue(messages: OutboxMessage[]): void {
    for (const message of messages) {
      // What does not fit stays in the database for the sweep.
      if (this.known.has(message._id) || this.queue.length >= QUEUE_MAX) continue;
      this.known.add(message._id);
      this.queue.push(message);
    }
    backlog.set(this.queue.length);
    this.pump();
  }

  private pump(): void {
    while (!this.isStopping && this.inFlight < IN_FLIGHT_MAX) {
      const message = this.queue.shift();
      if (!message) return;
      this.inFlight += 1;
      void this.publish(message).finally(() => {
        this.inFlight -= 1;
        this.pump();
      });
    }
  }

  private async publish(message: OutboxMessage): Promise<void> {
    try {
      await this.bus.publish(message.subject, message.body, { messageId: message._id });
      afterStep('published');
      this.sent.push(message._id);
    } catch (err) {
      if (this.isStopping) return;
      log.warn({ err, subject: message.subject }, 'publishing failed; it will be tried again');
      await delay(RETRY_DELAY_MS);
      this.known.delete(message._id);
    }
  }

  private async sweep(createdBefore: Date): Promise<void> {
    if (this.queue.length > 0) return;
    this.enqueue(await this.mongo.outbox.listPending(createdBefore, SWEEP_LIMIT));
  }

  private async markSent(): Promise<void> {
    const ids = this.sent.splice(0, 500);
    if (ids.length === 0) return;
    try {
      await this.mongo.outbox.markSent(ids, new Date());
      for (const id of ids) this.known.delete(id);
    } catch (err) {
      this.sent.push(...ids);
      log.warn({ err }, 'marking sent messages failed; it will be tried again');
    }
  }

  private every(ms: number, work: () => Promise<void>): void {
    let isBusy = false;
    const timer = setInterval(() => {
      if (isBusy || this.isStopping) return;
      isBusy = true;
      work()
        .catch((err: unknown) => log.warn({ err }, 'the outbox relay failed; it will try again'))
        .finally(() => {
          isBusy = false;
        });
    }, ms);
    timer.unref();
    this.timers.push(timer);
  }
}
