import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { DeliveryConfig } from '../../delivery.config';
import { isDueReminder } from '../../domain/reminder';
import { DeliveryRepository } from '../../repositories/delivery.repository';
import { ReminderSender } from '../../senders/reminder.sender';

/** Reminders of one round; the rest follows in the next. */
const DUE_MAX = 256;

/**
 * Asks the gate anew for reminders that waited for the end of quiet hours. Two replicas that take up the same one meet in a write conflict, and one
 * finds it done.
 */
@Injectable()
export class SendQueuedRemindersUseCase implements OnModuleInit {
  constructor(
    private readonly mongo: Mongo,
    private readonly deliveries: DeliveryRepository,
    private readonly sender: ReminderSender,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
    private readonly config: DeliveryConfig,
  ) {}

  onModuleInit(): void {
    this.tasks.every(this.config.dueEveryMs, 'queued-reminders', () => this.execute());
  }

  async execute(): Promise<void> {
    const ids = await this.deliveries.listQueued(this.clock.now(), DUE_MAX);
    if (ids.length === 0) return;
    await this.mongo.transaction(async (tx) => {
      const now = this.clock.now();
      const found = await this.deliveries.findMany(ids, tx);
      const due = [...found.values()].filter((delivery) => isDueReminder(delivery, now));
      await this.deliveries.saveMany(await this.sender.settle(due, now, tx), tx);
    });
  }
}
