import { DomainError } from '@tidegate/errors';
import { subjectOfType, type EventType } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import {
  connect,
  DiscardPolicy,
  headers,
  nanos,
  NatsError,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type JetStreamClient,
  type JetStreamManager,
  type NatsConnection,
} from 'nats';
import { RecentIds } from './recent-ids';
import { decodeEvents, toReceived, type ReceivedEvent } from './wire-format';

const DAY_MS = 24 * 3600 * 1000;
const MESSAGE_BYTES_MAX = 8 * 1024 * 1024;
const HEARD_MAX = 1_000;
// Source: nats-server 2.15, server/errors.json, JSConsumerAlreadyExists.
const CONSUMER_DIFFERS = 10_148;
// What the broker itself tells repeats by.
const DEDUPE_HEADER = 'Nats-Msg-Id';

const log = logger('messaging');

export interface PublishOptions {
  /** Deduplicated by the broker for two minutes and by every inbox for good. */
  messageId: string;
  headers?: Record<string, string>;
}

/** The broker: streams, publishing, and live broadcast. */
export class MessageBus {
  private constructor(
    readonly connection: NatsConnection,
    readonly jetStream: JetStreamClient,
    readonly manager: JetStreamManager,
    /** Prefix of every subject and stream; empty outside tests. */
    readonly namespace: string,
  ) {}

  static async connect(url: string, options: { name: string; namespace?: string }): Promise<MessageBus> {
    const connection = await connect({
      servers: url,
      name: options.name,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      waitOnFirstConnect: true,
      timeout: 10_000,
    });
    const bus = new MessageBus(
      connection,
      connection.jetstream({ timeout: 5_000 }),
      await connection.jetstreamManager({ timeout: 10_000 }),
      options.namespace ?? '',
    );
    await bus.ensureStreams();
    return bus;
  }

  get eventStream(): string {
    return `${this.streamPrefix}EVENTS`;
  }

  get deadLetterStream(): string {
    return `${this.streamPrefix}DEAD_LETTERS`;
  }

  subject(plain: string): string {
    return this.namespace ? `${this.namespace}.${plain}` : plain;
  }

  /** Publishes one message, a JSON array of CloudEvents, acknowledged by the stream. */
  async publish(plainSubject: string, body: string, options: PublishOptions): Promise<void> {
    const messageHeaders = headers();
    messageHeaders.set('tg-message-id', options.messageId);
    for (const [name, value] of Object.entries(options.headers ?? {})) messageHeaders.set(name, value);
    await this.jetStream.publish(this.subject(plainSubject), body, {
      msgID: options.messageId,
      headers: messageHeaders,
    });
  }

  /**
   * Live copy of every event of a type, to this process alone; nothing is kept for an absent listener. A message that the
   * relay had to publish again is heard once, as long as no more than a thousand others came between.
   */
  listen<T>(type: EventType<T>, listener: (received: ReceivedEvent<T>) => void): () => void {
    const heard = new RecentIds(HEARD_MAX);
    const subscription = this.connection.subscribe(this.subject(subjectOfType(type.$type)), {
      callback: (error, message) => {
        if (error || heard.has(message.headers?.get(DEDUPE_HEADER))) return;
        try {
          for (const cloudEvent of decodeEvents(message.data)) listener(toReceived(type, cloudEvent));
        } catch (cause) {
          log.warn({ err: cause, subject: message.subject }, 'a broadcast could not be handled');
        }
      },
    });
    return () => subscription.unsubscribe();
  }

  isConnected(): boolean {
    return !this.connection.isClosed();
  }

  /** Round trip to the broker, for health checks. */
  async ping(): Promise<void> {
    await this.connection.rtt();
  }

  async close(): Promise<void> {
    await this.connection.drain().catch(() => this.connection.close());
  }

  /** Removes this namespace's streams; refuses to touch the unnamed one. */
  async dropNamespace(): Promise<void> {
    if (!this.namespace)
      throw new DomainError({ code: 'INTERNAL', reason: 'NOT_A_NAMESPACE', message: 'no namespace' });
    for (const stream of [this.eventStream, this.deadLetterStream]) await this.manager.streams.delete(stream);
  }

  /** Makes a durable consumer of the event stream; one that another version left gets the settings of this one, and goes on where it was. */
  async ensureConsumer(config: Partial<ConsumerConfig> & { durable_name: string }): Promise<void> {
    try {
      await this.manager.consumers.add(this.eventStream, config);
    } catch (error) {
      if (!(error instanceof NatsError) || error.api_error?.err_code !== CONSUMER_DIFFERS) throw error;
      await this.manager.consumers.update(this.eventStream, config.durable_name, config);
    }
  }

  private get streamPrefix(): string {
    return this.namespace ? `${this.namespace.toUpperCase()}_` : '';
  }

  private async ensureStreams(): Promise<void> {
    const common = {
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      discard: DiscardPolicy.Old,
      max_msg_size: MESSAGE_BYTES_MAX,
      duplicate_window: nanos(120_000),
    };
    const streams = [
      { name: this.eventStream, subjects: [this.subject('evt.>')], max_age: nanos(7 * DAY_MS), max_bytes: 8 * 2 ** 30 },
      {
        name: this.deadLetterStream,
        subjects: [this.subject('dlq.>')],
        max_age: nanos(30 * DAY_MS),
        max_bytes: 2 ** 30,
      },
    ];
    for (const stream of streams) {
      // Adding an identical stream is not an error; services start side by side.
      await this.manager.streams.add({ ...common, ...stream });
    }
  }
}
