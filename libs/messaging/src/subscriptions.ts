import { Inbox, type EventType, type Mongo } from '@tidegate/mongo';
import { DurableConsumer } from './durable-consumer';
import type { MessageBus } from './message-bus';
import type { EventHandler, Registration } from './registration';

export interface SubscriptionOptions<T> {
  /** A durable of its own, so that one stream of work does not delay another. */
  consumer?: string;
  /** Lets a consumer that nobody waits for gather events so long: fewer, larger transactions. */
  gatherMs?: number;
  /** For how many events one counts that stands for many, so that a transaction stays within its limit. */
  weightOf?: (event: T) => number;
  /** While it says so, nothing can come of the events: they are done with unread, without a transaction. */
  isIdle?: () => Promise<boolean>;
}

/** A service's event inlets: registered by its `<service>.consumer.ts`, started when the service is ready. */
export class Subscriptions {
  private readonly byConsumer = new Map<string, Registration[]>();
  private readonly gatherMs = new Map<string, number>();
  private consumers: DurableConsumer[] = [];

  constructor(
    private readonly service: string,
    private readonly bus: MessageBus,
    private readonly mongo: Mongo,
  ) {
    // Registers the model, so that its collection exists before the first message.
    new Inbox(mongo);
  }

  /**
   * Handles every event of a type, once in effect: the handler's writes and the inbox record are one transaction. Events
   * come in batches and may be out of order.
   */
  on<T>(type: EventType<T>, handler: EventHandler<T>, options: SubscriptionOptions<T> = {}): void {
    const name = options.consumer ?? 'main';
    this.gatherMs.set(name, Math.max(this.gatherMs.get(name) ?? 0, options.gatherMs ?? 0));
    const registrations = this.byConsumer.get(name) ?? [];
    const { weightOf, isIdle } = options;
    registrations.push({
      type: type as EventType<unknown>,
      handler: handler as EventHandler<unknown>,
      weightOf: weightOf && ((data) => weightOf(type.fromJSON(data))),
      isIdle,
    });
    this.byConsumer.set(name, registrations);
  }

  /** Every inlet: the durable consumer, without the service's name, and the event type that it takes. */
  list(): { consumer: string; type: string }[] {
    return [...this.byConsumer].flatMap(([consumer, registrations]) =>
      registrations.map(({ type }) => ({ consumer, type: type.$type })),
    );
  }

  async start(): Promise<void> {
    this.consumers = [...this.byConsumer].map(
      ([name, registrations]) =>
        new DurableConsumer(`${this.service}-${name}`, registrations, this.bus, this.mongo, this.gatherMs.get(name)),
    );
    await Promise.all(this.consumers.map((consumer) => consumer.start()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
  }
}
