export { DeadLetters, type DeadLetter } from './dead-letters';
export { MessageBus } from './message-bus';
export { OutboxRelay } from './outbox-relay';
export { Subscriptions, type EventHandler } from './subscriptions';
export { type ReceivedEvent } from './wire-format';
