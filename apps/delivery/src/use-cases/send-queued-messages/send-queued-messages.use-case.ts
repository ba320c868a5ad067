import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { DeliveryConfig } from '../../delivery.config';
import { toDeliveryEvents } from '../../delivery-events';
import { isDueInInbox } from '../../domain/inbox-delivery';
import { isReminder } from '../../domain/reminder';
import { DeliveryRepository } from '../../repositories/delivery.repository';
import { AppInboxSender } from '../../senders/app-inbox.sender';
import { ReminderSender } from '../../senders/reminder.sender';

/** Messages of one round; the rest follows in the next. */
const DUE_MAX = 256;

/**
 * Asks anew for messages of the inbox that waited for the end of quiet hours, decisions' and reminders. Two replicas that take up the same one
 * meet in a write conflict, and one finds it done.
 */
@Injectable()
export class SendQueuedMessagesUseCase implements OnModuleInit {
  constructor(
    private readonly mongo: Mongo,
    private readonly deliveries: DeliveryRepository,
    private readonly inbox: AppInboxSender,
    private readonly reminders: ReminderSender,
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
    await this.mongo.transaction(async (tx) => {
      const now = this.clock.now();
      const found = await this.deliveries.findMany(ids, tx);
      const due = [...found.values()].filter((delivery) => isDueInInbox(delivery, now));
      const ofDecisions = due.filter((delivery) => !isReminder(delivery));
      const settled = await this.inbox.release(ofDecisions, now, tx);
      const reminders = await this.reminders.settle(due.filter(isReminder), now, tx);
      await this.deliveries.saveMany([...settled, ...reminders], tx);
      for (const outgoing of toDeliveryEvents(settled)) tx.emit(outgoing);
    });
  }
}
