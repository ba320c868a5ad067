import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Message } from '../domain/message';
import { messageSchema, type MessageDocument } from './message.schema';

/** The messages of app inboxes. */
@Injectable()
export class MessageRepository {
  private readonly messages: Model<MessageDocument>;

  constructor(mongo: Mongo) {
    this.messages = mongo.model('Message', messageSchema);
  }

  async find(messageId: string, tx: Transaction): Promise<Message | undefined> {
    const document = await this.messages.findById(messageId, null, { session: tx.session }).lean<MessageDocument>();
    return document ? toMessage(document) : undefined;
  }

  /** One customer's inbox, newest first; `after` is the last row. */
  async list(customerId: string, limit: number, after?: { deliveredAt: Date; messageId: string }): Promise<Message[]> {
    const older = after && {
      $or: [
        { deliveredAt: { $lt: after.deliveredAt } },
        { deliveredAt: after.deliveredAt, _id: { $lt: after.messageId } },
      ],
    };
    const documents = await this.messages
      .find({ customerId, ...older })
      .sort({ deliveredAt: -1, _id: -1 })
      .limit(limit)
      .lean<MessageDocument[]>();
    return documents.map(toMessage);
  }

  async countUnread(customerId: string): Promise<number> {
    return this.messages.countDocuments({ customerId, state: 'unread' });
  }

  async addMany(messages: Message[], tx: Transaction): Promise<void> {
    const documents = messages.map(({ messageId, ...fields }) => ({ _id: messageId, ...fields }));
    if (documents.length > 0) await this.messages.collection.insertMany(documents as never[], { session: tx.session });
  }

  async saveState({ messageId, state }: Message, tx: Transaction): Promise<void> {
    await this.messages.collection.updateOne({ _id: messageId as never }, { $set: { state } }, { session: tx.session });
  }
}

function toMessage({ _id, ...fields }: MessageDocument): Message {
  return { messageId: _id, ...fields };
}
