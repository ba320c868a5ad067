import type * as rpc from '@tidegate/contracts/delivery/v1/delivery';
import { shown } from '../../http/shown';

export class Message implements rpc.Message {
  @shown.text() messageId!: string;
  @shown.text() customerId!: string;
  @shown.text() decisionId!: string;
  @shown.text() title!: string;
  @shown.text() body!: string;
  @shown.text() benefitStockId!: string;
  @shown.text('unread, read, clicked, dismissed.') state!: string;
  @shown.time() deliveredAt!: Date | undefined;
}

export class ListInboxResponse implements rpc.ListInboxResponse {
  @shown.parts(() => Message) messages!: Message[];
  @shown.text() nextPageToken!: string;
  @shown.whole() unreadCount!: number;
}

export class MarkMessageResponse implements rpc.MarkMessageResponse {
  @shown.part(() => Message) message!: Message | undefined;
}
