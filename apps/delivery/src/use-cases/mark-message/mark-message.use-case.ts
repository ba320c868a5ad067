import { Injectable } from '@nestjs/common';
import { MessageMarked } from '@tidegate/contracts/delivery/v1/delivery_events';
import { event, Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { markMessage, messageNotFound, type Message } from '../../domain/message';
import { MessageRepository } from '../../repositories/message.repository';
import type { MarkMessageInput } from './mark-message.request';

/** The customer read, clicked or dismissed a message; each is told once. */
@Injectable()
export class MarkMessageUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly messages: MessageRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws MESSAGE_NOT_FOUND (also for another customer's), REQUEST_ID_REUSED */
  async execute(input: MarkMessageInput): Promise<Message> {
    const { requestId, messageId, customerId, mark } = input;
    // Apps choose their ids.
    const request = { scope: `mark-message|${customerId}`, requestId, input: { messageId, customerId, mark } };
    return this.mongo.once(request, async (tx) => {
      const message = await this.messages.find(messageId, tx);
      if (!message || message.customerId !== customerId) throw messageNotFound(messageId);
      const marked = markMessage(message, mark);
      if (!marked) return message;
      await this.messages.saveState(marked.message, tx);
      const { decisionId } = message;
      if (!decisionId) return marked.message;
      tx.emit(
        event(MessageMarked, messageId, {
          messageId,
          decisionId,
          customerId,
          outcome: marked.outcome,
          markedAt: this.clock.now(),
        }),
      );
      return marked.message;
    });
  }
}
