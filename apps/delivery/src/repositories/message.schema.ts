import { Schema } from 'mongoose';
import type { Message } from '../domain/message';

export interface MessageDocument extends Omit<Message, 'messageId'> {
  _id: string;
}

export const messageSchema = new Schema<MessageDocument>(
  {
    _id: String,
    customerId: { type: String, required: true },
    decisionId: { type: String, default: '' },
    title: String,
    body: String,
    benefitStockId: String,
    state: { type: String, required: true },
    deliveredAt: { type: Date, required: true },
  },
  { collection: 'messages', versionKey: false },
);
// The inbox, newest first, and its unread count.
messageSchema.index({ customerId: 1, deliveredAt: -1, _id: -1 });
messageSchema.index({ customerId: 1, state: 1 });
