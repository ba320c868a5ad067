import { notFound, type DomainError } from '@tidegate/errors';
import type { Delivery, MessageText } from './delivery';

export const MARKS = ['read', 'clicked', 'dismissed'] as const;
export type Mark = (typeof MARKS)[number];
export type MessageState = 'unread' | Mark;
/** What arbitration learns from a mark. */
export type MarkOutcome = 'shown' | 'clicked' | 'dismissed';

/** Which marks still say something new; any other mark is a repeat and changes nothing. */
const MARKS_AFTER: Record<MessageState, readonly Mark[]> = {
  unread: ['read', 'clicked', 'dismissed'],
  read: ['clicked', 'dismissed'],
  clicked: ['dismissed'],
  dismissed: [],
};
const OUTCOME_OF: Record<Mark, MarkOutcome> = { read: 'shown', clicked: 'clicked', dismissed: 'dismissed' };

/** One message in a customer's app inbox. */
export interface Message extends MessageText {
  messageId: string;
  customerId: string;
  /** Empty for a service message: nothing was decided, so nothing is learnt from its marks. */
  decisionId: string;
  state: MessageState;
  deliveredAt: Date;
}

/** What the inbox holds of a delivery that is delivered. */
export const createMessage = (
  { deliveryId, customerId, decisionId }: Pick<Delivery, 'deliveryId' | 'customerId' | 'decisionId'>,
  { title, body, benefitStockId }: MessageText,
  now: Date,
): Message => ({
  messageId: deliveryId,
  customerId,
  decisionId,
  title,
  body,
  benefitStockId,
  state: 'unread',
  deliveredAt: now,
});

/** The marked message and what to tell of it; undefined when the mark says nothing new. */
export function markMessage(message: Message, mark: Mark): { message: Message; outcome: MarkOutcome } | undefined {
  if (!MARKS_AFTER[message.state].includes(mark)) return undefined;
  return { message: { ...message, state: mark }, outcome: OUTCOME_OF[mark] };
}

export const messageNotFound = (messageId: string): DomainError =>
  notFound('MESSAGE_NOT_FOUND', 'There is no such message.', { messageId });
