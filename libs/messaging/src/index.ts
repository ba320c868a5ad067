export { DeadLetters, type DeadLetter } from './dead-letters';
export { MessageBus } from './message-bus';
export { OutboxRelay } from './outbox-relay';
export { type EventHandler } from './registration';
export { Subscriptions } from './subscriptions';
export { type ReceivedEvent } from './wire-format';
