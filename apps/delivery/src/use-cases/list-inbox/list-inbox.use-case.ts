import { Injectable } from '@nestjs/common';
import { decodeTimeToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Message } from '../../domain/message';
import { MessageRepository } from '../../repositories/message.repository';
import type { ListInboxInput } from './list-inbox.request';

/** One customer's inbox, newest first, with how many are unread. */
@Injectable()
export class ListInboxUseCase {
  constructor(private readonly messages: MessageRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(input: ListInboxInput): Promise<{ messages: Message[]; nextPageToken: string; unreadCount: number }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const token = decodeTimeToken(input.pageToken);
    const after = token && { deliveredAt: token.at, messageId: token.id };
    const messages = await this.messages.list(input.customerId, limit, after);
    const last = messages.length === limit ? messages.at(-1) : undefined;
    return {
      messages,
      nextPageToken: last ? encodePageToken([last.deliveredAt.toISOString(), last.messageId]) : '',
      unreadCount: await this.messages.countUnread(input.customerId),
    };
  }
}
