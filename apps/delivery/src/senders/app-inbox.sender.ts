import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { finish, type Delivery } from '../domain/delivery';
import { createMessage } from '../domain/message';
import { MessageRepository } from '../repositories/message.repository';
import type { ChannelSender, Consignment } from './channel-sender';

/** The customer's inbox in the app: a message is delivered when it is stored. */
@Injectable()
export class AppInboxSender implements ChannelSender {
  readonly channel = 'app';

  constructor(private readonly messages: MessageRepository) {}

  async take(consignments: Consignment[], now: Date, tx: Transaction): Promise<Delivery[]> {
    await this.messages.addMany(
      consignments.map(({ source }) => createMessage(source, now)),
      tx,
    );
    return consignments.map(({ delivery }) => finish(delivery, 'delivered', now));
  }
}
