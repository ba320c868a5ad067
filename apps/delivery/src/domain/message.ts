import { notFound, type DomainError } from '@tidegate/errors';
import { deliveryIdOf, type DeliverySource } from './delivery';

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
export interface Message {
  messageId: string;
  customerId: string;
  /** Empty for a service message: nothing was decided, so nothing is learnt from its marks. */
  decisionId: string;
  title: string;
  body: string;
  benefitStockId: string;
  state: MessageState;
  deliveredAt: Date;
}

export const createMessage = (source: DeliverySource, now: Date): Message => ({
  messageId: deliveryIdOf(source.decisionId),
  customerId: source.customerId,
  decisionId: source.decisionId,
  title: source.title,
  body: source.body,
  benefitStockId: source.benefitStockId,
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
