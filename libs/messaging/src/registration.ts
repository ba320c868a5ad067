import type { EventType, Transaction } from '@tidegate/mongo';
import type { ReceivedEvent } from './wire-format';

export type EventHandler<T> = (events: ReceivedEvent<T>[], tx: Transaction) => Promise<void>;

/** One event type and what to do with it. */
export interface Registration {
  type: EventType<unknown>;
  handler: EventHandler<unknown>;
  /** For how many events one of the type counts where they are gathered into a transaction; for one when left out. */
  weightOf?: (data: unknown) => number;
  isIdle?: () => Promise<boolean>;
}
