import { Injectable } from '@nestjs/common';
import type { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { createReminder } from '../../domain/reminder';
import { DeliveryRepository } from '../../repositories/delivery.repository';
import { ReminderSender } from '../../senders/reminder.sender';

/** Makes one delivery of each reminder of an expiring benefit: in the inbox, stopped with the reason, or waiting to be asked for anew. */
@Injectable()
export class DeliverRemindersUseCase {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly sender: ReminderSender,
    private readonly clock: Clock,
  ) {}

  /** @throws PEER_UNAVAILABLE, PEER_TIMED_OUT when the gate cannot be asked: the events come again */
  async execute(told: readonly BenefitExpiring[], tx: Transaction): Promise<void> {
    const now = this.clock.now();
    const reminders = new Map(
      told.map((each) => {
        const reminder = createReminder(each, now);
        return [reminder.deliveryId, reminder];
      }),
    );
    const known = await this.deliveries.findKnown([...reminders.keys()], tx);
    const fresh = [...reminders.values()].filter(({ deliveryId }) => !known.has(deliveryId));
    await this.deliveries.addMany(await this.sender.settle(fresh, now, tx), tx);
  }
}
