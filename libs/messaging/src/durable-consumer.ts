import { setTimeout as delay } from 'node:timers/promises';
import { afterStep } from '@tidegate/crash-points';
import { isRetryable } from '@tidegate/errors';
import { Inbox, subjectOfType, type CloudEvent, type Mongo } from '@tidegate/mongo';
import { continueTrace, counter, logger, runInContext, type Logger } from '@tidegate/observability';
import { AckPolicy, DeliverPolicy, nanos, type ConsumerMessages, type JsMsg } from 'nats';
import { deadLetter } from './dead-letters';
import type { MessageBus } from './message-bus';
import type { Registration } from './registration';
import { GATHER_MESSAGES_MAX, WaitingMessages, type Delivery, type ReadEvents, type Waiting } from './waiting-messages';
import { decodeEvents, toReceived } from './wire-format';

/** What a consumer holds that says nothing for so long is another's. */
const ACK_WAIT_MS = 10_000;
const WORKING_EVERY_MS = 3_000;
const MESSAGES_BUFFERED_MAX = 256;
const DELIVERIES_MAX = 8;
const PART_TRIES_MAX = 4;
const BACKOFF_MS = [100, 500, 2_000, 5_000, 10_000, 20_000, 30_000];

const handled = counter('consumer_events_total', 'Events by consumer and what became of them', ['consumer', 'outcome']);

/** Pulls a durable JetStream consumer and gives each event its effect exactly once, or a dead letter. */
export class DurableConsumer {
  private readonly inbox: Inbox;
  private readonly log: Logger;
  private readonly bySubject: Map<string, Registration>;
  private messages?: ConsumerMessages;
  private readonly waiting = new WaitingMessages();
  private wake: () => void = () => undefined;
  private isStopping = false;
  private inHand: readonly Delivery[] = [];
  private heartbeat?: NodeJS.Timeout;
  private loops: Promise<void>[] = [];

  constructor(
    private readonly name: string,
    registrations: Registration[],
    private readonly bus: MessageBus,
    private readonly mongo: Mongo,
    private readonly gatherMs = 0,
  ) {
    this.inbox = new Inbox(mongo);
    this.log = logger(`consumer:${name}`);
    this.bySubject = new Map(
      registrations.map((registration) => [bus.subject(subjectOfType(registration.type.$type)), registration]),
    );
  }

  async start(): Promise<void> {
    await this.bus.ensureConsumer({
      durable_name: this.name,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(ACK_WAIT_MS),
      max_ack_pending: 2 * MESSAGES_BUFFERED_MAX,
      filter_subjects: [...this.bySubject.keys()],
    });
    this.heartbeat = setInterval(() => this.sayWorking(), WORKING_EVERY_MS).unref();
    this.loops = [this.pull(), this.work()];
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.messages?.stop();
    this.wake();
    await Promise.race([Promise.all(this.loops), delay(5_000, undefined, { ref: false })]);
    clearInterval(this.heartbeat);
  }

  private async pull(): Promise<void> {
    while (!this.isStopping) {
      try {
        const consumer = await this.bus.jetStream.consumers.get(this.bus.eventStream, this.name);
        this.messages = await consumer.consume({ max_messages: MESSAGES_BUFFERED_MAX });
        for await (const message of this.messages) {
          this.accept(message);
          if (this.isStopping) break;
        }
      } catch (err) {
        if (this.isStopping) return;
        this.log.warn({ err }, 'pulling failed; trying again');
        await delay(500);
      }
    }
  }

  /** Of what waits and of what is in hand: only what a dead consumer held comes again. */
  private sayWorking(): void {
    if (this.bus.connection.isClosed()) return;
    for (const { message } of this.waiting) message.working();
    for (const { message } of this.inHand) message.working();
  }

  private accept(message: JsMsg): void {
    const onlyFor = message.headers?.get('tg-consumer');
    if (onlyFor && onlyFor !== this.name) {
      message.ack();
      return;
    }
    this.waiting.add({ message, id: message.headers?.get('tg-message-id') || `seq-${message.seq}` });
    this.wake();
  }

  private async work(): Promise<void> {
    while (!this.isStopping) {
      if (this.gatherMs > 0 && this.waiting.count > 0 && this.waiting.count < GATHER_MESSAGES_MAX) {
        await delay(this.gatherMs, undefined, { ref: false });
      }
      await this.skipIdle();
      const deliveries = await this.waiting.take((waiting) => this.read(waiting));
      if (deliveries.length === 0) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
          if (this.waiting.count > 0 || this.isStopping) resolve();
        });
        continue;
      }
      const traceparent = continueTrace(deliveries[0]?.events[0]?.traceparent);
      this.inHand = deliveries;
      const actor = { id: this.name, kind: 'service' as const, roles: [], orgPath: '' };
      await runInContext({ traceparent, actor }, () => this.handle(deliveries));
      this.inHand = [];
    }
  }

  /** Lets go of waiting messages of which nothing can come. */
  private async skipIdle(): Promise<void> {
    const { subject = '' } = this.waiting;
    const isIdle = this.bySubject.get(subject)?.isIdle;
    // What cannot be told is found out by the handler.
    if (isIdle && (await isIdle().catch(() => false))) this.waiting.letGo(subject);
  }

  /** Undefined when the message cannot be read: it went to the dead letters. */
  private async read({ message, id }: Waiting): Promise<ReadEvents | undefined> {
    try {
      const events = decodeEvents(message.data);
      const weightOf = this.bySubject.get(message.subject)?.weightOf;
      return { events, weight: weightOf ? events.reduce((sum, { data }) => sum + weightOf(data), 0) : events.length };
    } catch (err) {
      this.log.error({ err, subject: message.subject }, 'unreadable message');
      await this.bury(message, id, [], err).catch((cause: unknown) => {
        this.log.error({ err: cause }, 'an unreadable message could not be buried; it will come again');
        message.nak(BACKOFF_MS.at(-1));
      });
      return undefined;
    }
  }

  private async handle(deliveries: Delivery[]): Promise<void> {
    try {
      await this.apply(deliveries);
      for (const delivery of deliveries) delivery.message.ack();
      afterStep('applied');
    } catch (err) {
      if (deliveries.length > 1) {
        for (const delivery of deliveries) await this.handle([delivery]);
      } else if (deliveries[0]) {
        await this.recover(deliveries[0], err);
      }
    }
  }

  /** All events of the deliveries and their inbox records, in one transaction. */
  private async apply(deliveries: Delivery[]): Promise<void> {
    const registration = this.registrationOf(deliveries);
    await this.mongo.transaction(async (tx) => {
      const seen = await this.inbox.find(
        deliveries.map((delivery) => this.key(delivery.id)),
        tx,
      );
      const fresh = new Map<string, Delivery>();
      for (const delivery of deliveries) {
        const state = seen.get(this.key(delivery.id));
        if (state === 'split') throw new SplitBefore();
        if (!state) fresh.set(delivery.id, delivery);
      }
      const events = [...fresh.values()].flatMap((delivery) => delivery.events);
      if (fresh.size === 0) return;
      if (events.length > 0) {
        await registration.handler(
          events.map((cloudEvent) => toReceived(registration.type, cloudEvent)),
          tx,
        );
      }
      await this.inbox.markDone(
        [...fresh.keys()].map((id) => this.key(id)),
        tx,
      );
    });
    handled.inc(
      { consumer: this.name, outcome: 'done' },
      deliveries.reduce((sum, delivery) => sum + delivery.events.length, 0),
    );
  }

  private async recover(delivery: Delivery, err: unknown): Promise<void> {
    const isLast = delivery.message.info.deliveryCount >= DELIVERIES_MAX;
    if (!(err instanceof SplitBefore) && isRetryable(err) && !isLast) {
      this.log.warn({ err, deliveries: delivery.message.info.deliveryCount }, 'an event failed; it will come again');
      handled.inc({ consumer: this.name, outcome: 'retried' }, delivery.events.length);
      delivery.message.nak(BACKOFF_MS[Math.min(delivery.message.info.deliveryCount - 1, BACKOFF_MS.length - 1)]);
      return;
    }
    try {
      await this.handleOneByOne(delivery, err);
      delivery.message.ack();
    } catch (cause) {
      this.log.error({ err: cause }, 'a message could not be split; it will come again');
      delivery.message.nak(BACKOFF_MS.at(-1));
    }
  }

  /** Gives each event of a message its own transaction, so that a poison one harms no neighbour. */
  private async handleOneByOne(delivery: Delivery, reason: unknown): Promise<void> {
    if (delivery.events.length === 1 && !(reason instanceof SplitBefore)) {
      await this.bury(delivery.message, delivery.id, delivery.events, reason);
      return;
    }
    await this.inbox.markSplit(this.key(delivery.id));
    for (const [index, cloudEvent] of delivery.events.entries()) {
      delivery.message.working();
      const part: Delivery = { message: delivery.message, id: `${delivery.id}#${index}`, events: [cloudEvent] };
      try {
        await this.applyPart(part);
      } catch (err) {
        await this.bury(delivery.message, part.id, [cloudEvent], err);
      }
    }
    await this.inbox.finishSplit(this.key(delivery.id));
  }

  /** What may pass is tried again here, because the message as a whole will not come again. */
  private async applyPart(part: Delivery): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.apply([part]);
      } catch (err) {
        if (!isRetryable(err) || tries >= PART_TRIES_MAX) throw err;
        part.message.working();
        await delay(BACKOFF_MS[tries - 1]);
      }
    }
  }

  private async bury(message: JsMsg, id: string, events: CloudEvent[], err: unknown): Promise<void> {
    this.log.error({ err, subject: message.subject, messageId: id }, 'an event went to the dead letters');
    handled.inc({ consumer: this.name, outcome: 'dead' }, Math.max(1, events.length));
    await deadLetter(this.bus, {
      consumer: this.name,
      subject: message.subject,
      messageId: id,
      events,
      raw: message.data,
      error: err,
    });
    if (events.length === 0) message.ack();
  }

  private registrationOf(deliveries: Delivery[]): Registration {
    const registration = this.bySubject.get(deliveries[0]?.message.subject ?? '');
    if (!registration) throw new Error(`${this.name}: no handler for ${deliveries[0]?.message.subject}`);
    return registration;
  }

  private key(id: string): string {
    return `${this.name}|${id}`;
  }
}

/** The message was being handled event by event before a crash. */
class SplitBefore extends Error {}
