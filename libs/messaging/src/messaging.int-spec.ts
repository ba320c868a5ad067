import { randomBytes } from 'node:crypto';
import { BenefitClaimed, StockSoldOut } from '@tidegate/contracts/benefits/v1/benefits_events';
import { refused } from '@tidegate/errors';
import { event, Mongo, subjectOfType, type Transaction } from '@tidegate/mongo';
import { eventually } from '@tidegate/testing';
import { Schema } from 'mongoose';
import { headers } from 'nats';
import { DeadLetters } from './dead-letters';
import { MessageBus } from './message-bus';
import { OutboxRelay } from './outbox-relay';
import { Subscriptions } from './subscriptions';
import type { ReceivedEvent } from './wire-format';

// Goal: each event has its effect once and in spite of duplicates, disorder, failures and poison; nothing is lost.

interface Effect {
  _id: string;
  count: number;
}
const effectSchema = new Schema<Effect>({ _id: String, count: Number }, { versionKey: false });
type Claimed = ReceivedEvent<BenefitClaimed>;

const namespace = `t${randomBytes(5).toString('hex')}`;
let mongo: Mongo;
let bus: MessageBus;
let relay: OutboxRelay;
let running: Subscriptions[] = [];
/** Lets handlers go on that a test holds, also when it fails: the database is dropped only when nobody is at work in it. */
let finish: () => void = () => undefined;

const effects = () => mongo.model<Effect>('Effect', effectSchema);
const claimed = (instanceId: string): BenefitClaimed =>
  BenefitClaimed.fromPartial({
    instanceId,
    stockId: 's',
    customerId: 'c',
    claimedAt: new Date('2026-03-02T00:00:00Z'),
  });
const record = async (events: Claimed[], tx: Transaction): Promise<void> => {
  for (const { data } of events) {
    await effects().updateOne({ _id: data.instanceId }, { $inc: { count: 1 } }, { session: tx.session, upsert: true });
  }
};
const subscribe = async (
  name: string,
  handler: (events: Claimed[], tx: Transaction) => Promise<void>,
): Promise<void> => {
  const subscriptions = new Subscriptions(name, bus, mongo);
  subscriptions.on(BenefitClaimed, handler);
  running.push(subscriptions);
  await subscriptions.start();
};
const emit = (ids: string[]): Promise<void> =>
  mongo.transaction(async (tx) => {
    for (const id of ids) tx.emit(event(BenefitClaimed, id, claimed(id)));
  });
const effectCounts = async (ids: string[]): Promise<number[]> => {
  const found = new Map(
    (
      await effects()
        .find({ _id: { $in: ids } })
        .lean<Effect[]>()
    ).map(({ _id, count }) => [_id, count]),
  );
  return ids.map((id) => found.get(id) ?? 0);
};

const consumerOf = (service: string) => bus.manager.consumers.info(bus.eventStream, `${service}-main`);
const pendingOf = (...services: string[]): Promise<number[]> =>
  Promise.all(services.map(async (service) => (await consumerOf(service)).num_pending));
const redeliveredOf = async (service: string): Promise<number> => (await consumerOf(service)).num_redelivered;

beforeAll(async () => {
  mongo = await Mongo.connect(process.env.MONGODB_URI ?? '', `${namespace}_messaging`);
  bus = await MessageBus.connect(process.env.NATS_URL ?? '', { name: 'test', namespace });
  effects();
  relay = new OutboxRelay(mongo, bus);
  await mongo.ready();
  relay.start();
});
afterEach(async () => {
  finish();
  await Promise.all(running.map((subscriptions) => subscriptions.stop()));
  running = [];
});
afterAll(async () => {
  await relay?.stop();
  await bus?.dropNamespace();
  await bus?.close();
  await mongo?.connection.dropDatabase();
  await mongo?.close();
});

it('carries every event of a commit to the consumer, data whole', async () => {
  const seen: Claimed[] = [];
  await subscribe(
    'whole',
    async (events) => void seen.push(...events.filter(({ subject }) => subject.startsWith('whole'))),
  );
  const ids = Array.from({ length: 600 }, (_, index) => `whole-${index}`);
  await emit(ids);
  await eventually(() => expect(seen.map(({ subject }) => subject).sort()).toEqual([...ids].sort()));
  expect(seen[0]!.data).toEqual(claimed(seen[0]!.subject));
});

it('gathers no more than a thousand, as much as each event counts', async () => {
  const heavy = ({ instanceId }: BenefitClaimed): boolean => instanceId.startsWith('heavy');
  const gathered: number[] = [];
  const subscriptions = new Subscriptions('weight', bus, mongo);
  subscriptions.on(
    BenefitClaimed,
    async (events) => void gathered.push(events.filter(({ data }) => heavy(data)).length),
    // What other tests told weighs nothing.
    { weightOf: (claim) => (heavy(claim) ? 400 : 0) },
  );
  running.push(subscriptions);
  for (let i = 0; i < 5; i += 1) await emit([`heavy-${i}`]);
  await subscriptions.start();
  await eventually(() => expect(gathered.reduce((sum, count) => sum + count, 0)).toBe(5));
  expect(Math.max(...gathered)).toBeLessThanOrEqual(2);
});

it('is done unread with what nothing can come of, and takes up what comes when something can', async () => {
  const handled: string[] = [];
  let isIdle = true;
  const subscriptions = new Subscriptions('idle', bus, mongo);
  subscriptions.on(
    BenefitClaimed,
    async (events) => void handled.push(...events.map(({ subject }) => subject).filter((id) => id.startsWith('idle'))),
    { isIdle: async () => isIdle },
  );
  running.push(subscriptions);
  await subscriptions.start();
  await emit(['idle-before']);
  await eventually(async () => {
    const consumer = await bus.manager.consumers.info(bus.eventStream, 'idle-main');
    expect([consumer.num_pending, consumer.num_ack_pending]).toEqual([0, 0]);
    expect(await mongo.outbox.listPending(new Date(), 1)).toEqual([]);
  });
  isIdle = false;
  await emit(['idle-after']);
  await eventually(() => expect(handled).toEqual(['idle-after']));
});

it('gives duplicates and disorder one effect each', async () => {
  const ids = Array.from({ length: 40 }, (_, index) => `twice-${index}`);
  const publish = async (id: string): Promise<void> => {
    const info = headers();
    info.set('tg-message-id', id);
    const body = JSON.stringify([event(BenefitClaimed, id, claimed(id))]);
    // No broker-side message id: every copy reaches the consumer.
    await bus.jetStream.publish(bus.subject('evt.benefits.v1.benefit-claimed'), body, { headers: info });
  };
  for (const id of [...ids, ...[...ids].reverse(), ...ids]) await publish(id);
  await subscribe('twice', async (events, tx) =>
    record(
      events.filter(({ subject }) => subject.startsWith('twice')),
      tx,
    ),
  );
  await eventually(async () => expect(await effectCounts(ids)).toEqual(ids.map(() => 1)));
  await emit(['twice-last']);
  await eventually(async () => expect(await effectCounts(['twice-last'])).toEqual([1]));
  expect(await effectCounts(ids)).toEqual(ids.map(() => 1));
});

it('retries what may pass, and rolls the failed try back', async () => {
  let tries = 0;
  await subscribe('retry', async (events, tx) => {
    const mine = events.filter(({ subject }) => subject === 'retry-1');
    await record(mine, tx);
    if (mine.length > 0 && (tries += 1) < 3) throw new Error('not this time');
  });
  await emit(['retry-1']);
  await eventually(async () => expect(await effectCounts(['retry-1'])).toEqual([1]));
  expect(tries).toBe(3);
});

it('buries only the poison event of a batch, shows why, and handles it when it is sent again', async () => {
  let isPoisonous = true;
  await subscribe('poison', async (events, tx) => {
    if (isPoisonous && events.some(({ subject }) => subject === 'poison-3'))
      throw refused('CANNOT_READ', 'cannot read this');
    await record(
      events.filter(({ subject }) => subject.startsWith('poison')),
      tx,
    );
  });
  const ids = Array.from({ length: 6 }, (_, index) => `poison-${index}`);
  await emit(ids);
  await eventually(async () => expect(await effectCounts(ids)).toEqual([1, 1, 1, 0, 1, 1]));
  const letters = new DeadLetters(bus);
  const letter = await eventually(async () => {
    const [first] = await letters.list({ limit: 10 });
    expect(first).toMatchObject({
      consumer: 'poison-main',
      reason: 'CANNOT_READ',
      subject: 'evt.benefits.v1.benefit-claimed',
    });
    return first!;
  });
  expect(letter.events.map(({ subject }) => subject)).toEqual(['poison-3']);

  isPoisonous = false;
  await letters.replay(letter.id);
  await eventually(async () => expect(await effectCounts(ids)).toEqual([1, 1, 1, 1, 1, 1]));
  expect(await letters.list({ limit: 10 })).toEqual([]);
  await expect(letters.replay(letter.id)).rejects.toMatchObject({ reason: 'DEAD_LETTER_NOT_FOUND' });
});

it('tries the neighbours of a poison event again when they fail in passing', async () => {
  let failures = 2;
  await subscribe('passing', async (events, tx) => {
    const mine = events.filter(({ subject }) => subject.startsWith('passing'));
    if (mine.some(({ subject }) => subject === 'passing-0')) throw refused('CANNOT_READ', 'cannot read this');
    if (mine.length > 0 && (failures -= 1) >= 0) throw new Error('the database is away');
    await record(mine, tx);
  });
  await emit(['passing-0', 'passing-1', 'passing-2']);
  await eventually(async () => expect(await effectCounts(['passing-0', 'passing-1', 'passing-2'])).toEqual([0, 1, 1]));
  const letters = await new DeadLetters(bus).list({ limit: 20 });
  expect(
    letters
      .filter(({ consumer }) => consumer === 'passing-main')
      .flatMap(({ events }) => events.map(({ subject }) => subject)),
  ).toEqual(['passing-0']);
});

it('buries bytes nobody can read and goes on', async () => {
  await subscribe('bytes', async (events, tx) =>
    record(
      events.filter(({ subject }) => subject.startsWith('bytes')),
      tx,
    ),
  );
  await bus.jetStream.publish(bus.subject('evt.benefits.v1.benefit-claimed'), 'not json');
  await emit(['bytes-1']);
  await eventually(async () => expect(await effectCounts(['bytes-1'])).toEqual([1]));
  const [letter] = await new DeadLetters(bus).list({ limit: 1 });
  expect(letter).toMatchObject({ consumer: 'bytes-main', events: [] });
  await expect(new DeadLetters(bus).replay(letter!.id)).rejects.toMatchObject({ reason: 'DEAD_LETTER_UNREADABLE' });
});

it('goes on where it was with the settings of a newer version', async () => {
  const older = new Subscriptions('upgraded', bus, mongo);
  older.on(BenefitClaimed, record);
  await older.start();
  await emit(['before-upgrade']);
  await eventually(async () => expect(await effectCounts(['before-upgrade'])).toEqual([1]));
  await older.stop();
  const soldOut: string[] = [];
  const newer = new Subscriptions('upgraded', bus, mongo);
  newer.on(BenefitClaimed, record);
  newer.on(StockSoldOut, (events) => Promise.resolve(void soldOut.push(...events.map(({ data }) => data.stockId))));
  running.push(newer);
  await newer.start();
  await emit(['after-upgrade']);
  await mongo.transaction((tx) =>
    Promise.resolve(tx.emit(event(StockSoldOut, 'upgraded', { stockId: 'upgraded', soldOutAt: new Date() }))),
  );
  await eventually(async () => expect(await effectCounts(['before-upgrade', 'after-upgrade'])).toEqual([1, 1]));
  await eventually(() => expect(soldOut).toContain('upgraded'));
});

it('takes over what a dead consumer held, and leaves a slow one what it holds and what waits behind it', async () => {
  const held = new Promise<void>((resolve) => (finish = resolve));
  const begun = { dying: 0, slow: 0 };
  const holdOne = (name: keyof typeof begun) => async (events: Claimed[], tx: Transaction) => {
    if (events.some(({ data }) => data.instanceId === 'held')) {
      begun[name] += 1;
      await held;
    }
    await record(events, tx);
  };
  const dying = await MessageBus.connect(process.env.NATS_URL ?? '', { name: 'dying', namespace });
  const doomed = new Subscriptions('mortal', dying, mongo);
  doomed.on(BenefitClaimed, holdOne('dying'));
  running.push(doomed);
  await doomed.start();
  await subscribe('slow', holdOne('slow'));
  await eventually(async () => expect(await pendingOf('mortal', 'slow')).toEqual([0, 0]));
  await emit(['held']);
  await eventually(() => expect(begun).toEqual({ dying: 1, slow: 1 }));
  await emit(['behind']);
  await eventually(async () => expect(await pendingOf('mortal', 'slow')).toEqual([0, 0]));

  await dying.connection.close();
  await subscribe('mortal', record);
  await eventually(async () => expect(await effectCounts(['held', 'behind'])).toEqual([1, 1]), { timeoutMs: 60_000 });
  expect(await redeliveredOf('slow')).toBe(0);
  finish();
  // Each of the two consumers once; the dead one finds that another has done it.
  await eventually(async () => expect(await effectCounts(['held', 'behind'])).toEqual([2, 2]));
  await doomed.stop();
  expect(await effectCounts(['held', 'behind'])).toEqual([2, 2]);
});

it('publishes after a restart what a crash left in the outbox', async () => {
  const heard: string[] = [];
  const stopListening = bus.listen(StockSoldOut, ({ data }) => heard.push(data.stockId));
  const stopped = await Mongo.connect(process.env.MONGODB_URI ?? '', `${namespace}_messaging`);
  // A service that commits and dies before its relay could publish.
  await stopped.transaction(async (tx) =>
    tx.emit(event(StockSoldOut, 'left-behind', { stockId: 'left', soldOutAt: new Date() })),
  );
  await stopped.close();
  await eventually(() => expect(heard).toContain('left'));
  stopListening();
  await eventually(async () => expect(await mongo.outbox.model.countDocuments({ sentAt: null })).toBe(0));
});

it('lets a live listener hear a message once, however often it is published', async () => {
  const heard: string[] = [];
  const stopListening = bus.listen(StockSoldOut, ({ data }) => heard.push(data.stockId));
  const bodyOf = (stockId: string) =>
    JSON.stringify([event(StockSoldOut, stockId, { stockId, soldOutAt: new Date() })]);
  const subject = subjectOfType(StockSoldOut.$type);
  for (const stockId of ['again', 'again', 'after'])
    await bus.publish(subject, bodyOf(stockId), { messageId: stockId });
  await eventually(() => expect(heard).toContain('after'));
  stopListening();
  expect(heard).toEqual(['again', 'after']);
});
