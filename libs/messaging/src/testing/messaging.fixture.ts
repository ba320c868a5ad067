import { randomBytes } from 'node:crypto';
import { BenefitClaimed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, Mongo, type Transaction } from '@tidegate/mongo';
import { Schema } from 'mongoose';
import { MessageBus } from '../message-bus';
import { OutboxRelay } from '../outbox-relay';
import { Subscriptions } from '../subscriptions';
import type { ReceivedEvent } from '../wire-format';

type Claimed = ReceivedEvent<BenefitClaimed>;

interface Effect {
  _id: string;
  count: number;
}
const effectSchema = new Schema<Effect>({ _id: String, count: Number }, { versionKey: false });

/** A publisher and consumers of claims, on the real database and broker, alone in their namespace. */
export class MessagingFixture {
  private running: Subscriptions[] = [];
  private readonly effects;
  private readonly relay: OutboxRelay;

  private constructor(
    readonly namespace: string,
    readonly mongo: Mongo,
    readonly bus: MessageBus,
  ) {
    this.effects = mongo.model<Effect>('Effect', effectSchema);
    this.relay = new OutboxRelay(mongo, bus);
  }

  static async start(): Promise<MessagingFixture> {
    const namespace = `t${randomBytes(5).toString('hex')}`;
    const mongo = await Mongo.connect(process.env['MONGODB_URI'] ?? '', `${namespace}_messaging`);
    const bus = await MessagingFixture.connect(namespace);
    const fixture = new MessagingFixture(namespace, mongo, bus);
    await mongo.ready();
    fixture.relay.start();
    return fixture;
  }

  static connect(namespace: string): Promise<MessageBus> {
    return MessageBus.connect(process.env['NATS_URL'] ?? '', { name: 'test', namespace });
  }

  /** A consumer of claims until the end of the test. */
  async subscribe(
    name: string,
    handler: (events: Claimed[], tx: Transaction) => Promise<void>,
    bus = this.bus,
  ): Promise<Subscriptions> {
    const subscriptions = new Subscriptions(name, bus, this.mongo);
    subscriptions.on(BenefitClaimed, handler);
    return this.run(subscriptions);
  }

  async run(subscriptions: Subscriptions): Promise<Subscriptions> {
    this.running.push(subscriptions);
    await subscriptions.start();
    return subscriptions;
  }

  /** In one transaction. */
  emit(ids: string[]): Promise<void> {
    return this.mongo.transaction(async (tx) => {
      for (const id of ids) tx.emit(event(BenefitClaimed, id, claimed(id)));
    });
  }

  /** Counts how often a claim had its effect. */
  readonly record = async (events: Claimed[], { session }: Transaction): Promise<void> => {
    for (const { data } of events) {
      await this.effects.updateOne({ _id: data.instanceId }, { $inc: { count: 1 } }, { session, upsert: true });
    }
  };

  async effectCounts(ids: string[]): Promise<number[]> {
    const effects = await this.effects.find({ _id: { $in: ids } }).lean<Effect[]>();
    const found = new Map(effects.map(({ _id, count }) => [_id, count]));
    return ids.map((id) => found.get(id) ?? 0);
  }

  async stopConsumers(): Promise<void> {
    await Promise.all(this.running.map((subscriptions) => subscriptions.stop()));
    this.running = [];
  }

  async stop(): Promise<void> {
    await this.relay.stop();
    await this.bus.dropNamespace();
    await this.bus.close();
    await this.mongo.connection.dropDatabase();
    await this.mongo.close();
  }
}

export const claimed = (instanceId: string): BenefitClaimed =>
  BenefitClaimed.fromPartial({
    instanceId,
    stockId: 's',
    customerId: 'c',
    claimedAt: new Date('2026-03-02T00:00:00Z'),
  });
