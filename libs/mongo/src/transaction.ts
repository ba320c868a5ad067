import type { ClientSession } from 'mongoose';
import type { OutgoingEvent } from './outgoing-event';

/** One unit of work: a session for every write, and the events that tell of it. */
export class Transaction {
  readonly events: OutgoingEvent[] = [];

  constructor(
    readonly session: ClientSession,
    /** 1 at first; more when a write conflict or a duplicate key made the work run again. */
    readonly attempt = 1,
  ) {}

  /** Queues an event; it is stored in the same commit and published right after. */
  emit(outgoing: OutgoingEvent): void {
    this.events.push(outgoing);
  }
}
