import type { CloudEvent } from '@tidegate/mongo';
import type { JsMsg } from 'nats';

export const GATHER_MESSAGES_MAX = 64;
const GATHER_EVENTS_MAX = 1_000;

export interface ReadEvents {
  events: CloudEvent[];
  /** For how many events they count. */
  weight: number;
}

/** A message that waits; its events are read when its turn comes. */
export interface Waiting {
  message: JsMsg;
  /** Id of the outbox message: the key of the inbox. */
  id: string;
  read?: ReadEvents;
}

/** A message with its events read. */
export interface Delivery extends Omit<Waiting, 'read'> {
  events: CloudEvent[];
}

/** What a consumer has received and not yet handled, in order of arrival. */
export class WaitingMessages {
  private list: Waiting[] = [];

  [Symbol.iterator](): Iterator<Waiting> {
    return this.list.values();
  }

  get count(): number {
    return this.list.length;
  }

  /** Of the message that is next. */
  get subject(): string | undefined {
    return this.list[0]?.message.subject;
  }

  add(waiting: Waiting): void {
    this.list.push(waiting);
  }

  /** Acknowledges the messages of a subject as they are. */
  letGo(subject: string): void {
    for (const { message } of this.list) if (message.subject === subject) message.ack();
    this.list = this.list.filter(({ message }) => message.subject !== subject);
  }

  /**
   * Takes the messages of the first one's subject, up to the limits of one transaction.
   * @param readEvents undefined for a message that cannot be read and is left out
   */
  async take(readEvents: (waiting: Waiting) => Promise<ReadEvents | undefined>): Promise<Delivery[]> {
    const { list, subject } = this;
    this.list = [];
    const taken: Delivery[] = [];
    const rest: Waiting[] = [];
    let weight = 0;
    for (const each of list) {
      if (each.message.subject !== subject || taken.length === GATHER_MESSAGES_MAX || weight >= GATHER_EVENTS_MAX) {
        rest.push(each);
        continue;
      }
      const read = each.read ?? (await readEvents(each));
      if (!read) continue;
      if (taken.length === 0 || weight + read.weight <= GATHER_EVENTS_MAX) {
        taken.push({ message: each.message, id: each.id, events: read.events });
      } else rest.push({ ...each, read });
      weight += read.weight;
    }
    this.list = [...rest, ...this.list];
    return taken;
  }
}
