import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { BenefitsPeer } from '../../benefits-peer';
import { DeliveryConfig } from '../../delivery.config';
import { toDeliveryEvents } from '../../delivery-events';
import type { Delivery } from '../../domain/delivery';
import { isDueInInbox } from '../../domain/inbox-delivery';
import {
  instanceIdOf,
  isReminder,
  laterIdsOf,
  stopReminder,
  uselessReason,
  type ReminderDelivery,
} from '../../domain/reminder';
import { DeliveryRepository } from '../../repositories/delivery.repository';
import { AppInboxSender } from '../../senders/app-inbox.sender';
import { ReminderSender } from '../../senders/reminder.sender';

/** Messages of one round; the rest follows in the next. */
const DUE_MAX = 256;
/** How long reminders wait when benefits cannot be asked. */
const UNASKED_MS = 5_000;

const log = logger('queued-messages');

/**
 * Asks anew for messages of the inbox that waited: decisions' for the end of quiet hours, reminders also for room in a frequency limit. Two replicas
 * that take up the same one meet in a write conflict, and one finds it done.
 */
@Injectable()
export class SendQueuedMessagesUseCase implements OnModuleInit {
  constructor(
    private readonly mongo: Mongo,
    private readonly deliveries: DeliveryRepository,
    private readonly inbox: AppInboxSender,
    private readonly reminders: ReminderSender,
    private readonly benefits: BenefitsPeer,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
    private readonly config: DeliveryConfig,
  ) {}

  onModuleInit(): void {
    this.tasks.every(this.config.dueEveryMs, 'queued-messages', () => this.execute());
  }

  async execute(): Promise<void> {
    const ids = await this.deliveries.listQueued(this.clock.now(), DUE_MAX);
    if (ids.length === 0) return;
    const queued = [...(await this.deliveries.findMany(ids)).values()];
    await this.sendMessages(queued.filter((delivery) => !isReminder(delivery)));
    await this.sendReminders(queued.filter(isReminder));
  }

  private async sendMessages(queued: readonly Delivery[]): Promise<void> {
    if (queued.length === 0) return;
    await this.mongo.transaction(async (tx) => {
      const settled = await this.inbox.release(await this.dueOf(queued, tx), this.clock.now(), tx);
      await this.deliveries.saveMany(settled, tx);
      for (const outgoing of toDeliveryEvents(settled)) tx.emit(outgoing);
    });
  }

  private async sendReminders(queued: readonly ReminderDelivery[]): Promise<void> {
    if (queued.length === 0) return;
    const usable = await this.findUsable(queued);
    await this.mongo.transaction(async (tx) => {
      const now = this.clock.now();
      const due = (await this.dueOf(queued, tx)).filter(isReminder);
      if (usable === undefined) {
        const queuedUntil = new Date(now.getTime() + UNASKED_MS);
        return this.deliveries.saveMany(
          due.map((reminder) => ({ ...reminder, queuedUntil })),
          tx,
        );
      }
      const known = await this.deliveries.findKnown(due.flatMap(laterIdsOf), tx);
      const reasons = new Map(due.map((reminder) => [reminder, uselessReason(reminder, usable, known)]));
      const stopped = [...reasons].flatMap(([reminder, reason]) => (reason ? stopReminder(reminder, reason, now) : []));
      await this.reminders.giveUp(stopped);
      const useful = due.filter((reminder) => reasons.get(reminder) === undefined);
      await this.deliveries.saveMany([...stopped, ...(await this.reminders.settle(useful, now, tx))], tx);
    });
  }

  /** Undefined when it cannot be asked. */
  private async findUsable(reminders: readonly ReminderDelivery[]): Promise<Set<string> | undefined> {
    try {
      return await this.benefits.findUsable([...new Set(reminders.map(instanceIdOf))]);
    } catch (err) {
      log.warn({ err }, 'it cannot be asked which benefits may be used; reminders wait');
      return undefined;
    }
  }

  /** Read again, with what is done about them. */
  private async dueOf(queued: readonly Delivery[], tx: Transaction): Promise<Delivery[]> {
    const now = this.clock.now();
    const found = await this.deliveries.findMany(
      queued.map(({ deliveryId }) => deliveryId),
      tx,
    );
    return [...found.values()].filter((delivery) => isDueInInbox(delivery, now));
  }
}
