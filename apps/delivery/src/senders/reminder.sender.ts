import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { ArbitrationPeer } from '../arbitration-peer';
import { createMessage } from '../domain/message';
import { settleReminder, type ReminderDelivery } from '../domain/reminder';
import { MessageRepository } from '../repositories/message.repository';

/** Reminders pass the gate as every contact does, and are delivered to the customer's inbox when nothing speaks against it. */
@Injectable()
export class ReminderSender {
  constructor(
    private readonly arbitration: ArbitrationPeer,
    private readonly messages: MessageRepository,
  ) {}

  /**
   * Pending reminders as they stand after the gate's answer; those that may go out are in the inbox with this transaction.
   * @throws PEER_UNAVAILABLE, PEER_TIMED_OUT when it cannot be asked: nothing goes out
   */
  async settle(reminders: readonly ReminderDelivery[], now: Date, tx: Transaction): Promise<ReminderDelivery[]> {
    const answers = await this.arbitration.askReminders(reminders);
    const settled = reminders.flatMap((reminder) => {
      const answer = answers.get(reminder.deliveryId);
      return answer ? settleReminder(reminder, answer, now) : [];
    });
    const delivered = settled.filter(({ state }) => state === 'delivered');
    await this.messages.addMany(
      delivered.map((reminder) => createMessage(reminder, reminder.reminder, now)),
      tx,
    );
    return settled;
  }
}
