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
    // What ends first is to come first.
    const asked = reminders.toSorted((one, other) => +one.reminder.expiresAt - +other.reminder.expiresAt);
    const answers = await this.arbitration.askReminders(asked);
    const settled = asked.flatMap((reminder) => {
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

  /** Gives back what the gate may have promised them. @throws PEER_UNAVAILABLE, PEER_TIMED_OUT */
  async giveUp(reminders: readonly ReminderDelivery[]): Promise<void> {
    const over = { expiresAt: new Date(0) };
    await this.arbitration.askReminders(
      reminders.map((each) => ({ ...each, reminder: { ...each.reminder, ...over } })),
    );
  }
}
