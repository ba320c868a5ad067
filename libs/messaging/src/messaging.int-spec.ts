import { BenefitClaimed, StockSoldOut } from '@tidegate/contracts/benefits/v1/benefits_events';
import { refused } from '@tidegate/errors';
import { event, Mongo, subjectOfType } from '@tidegate/mongo';
import { eventually } from '@tidegate/testing';
import { headers } from 'nats';
import { DeadLetters } from './dead-letters';
import { type MessageBus } from './message-bus';
import { Subscriptions } from './subscriptions';
import { claimed, MessagingFixture } from './testing/messaging.fixture';
import type { ReceivedEvent } from './wire-format';

// Goal: each event has its effect once and in spite of duplicates, disorder, failures and poison; nothing is lost.

type Claimed = ReceivedEvent<BenefitClaimed>;

let fixture: MessagingFixture;
let mongo: Mongo;
let bus: MessageBus;

beforeAll(async () => {
  fixture = await MessagingFixture.start();
  ({ mongo, bus } = fixture);
});
afterEach(() => fixture.stopConsumers());
afterAll(() => fixture?.stop());

it('carries every event of a commit to the consumer, data whole', async () => {
  const seen: Claimed[] = [];
  await fixture.subscribe(
    'whole',
    async (events) => void seen.push(...events.filter(({ subject }) => subject.startsWith('whole'))),
  );
  const ids = Array.from({ length: 600 }, (_, index) => `whole-${index}`);
  await fixture.emit(ids);
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
  for (let i = 0; i < 5; i += 1) await fixture.emit([`heavy-${i}`]);
  await fixture.run(subscriptions);
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
  await fixture.run(subscriptions);
  await fixture.emit(['idle-before']);
  await eventually(async () => {
    const consumer = await bus.manager.consumers.info(bus.eventStream, 'idle-main');
    expect([consumer.num_pending, consumer.num_ack_pending]).toEqual([0, 0]);
    expect(await mongo.outbox.listPending(new Date(), 1)).toEqual([]);
  });
  isIdle = false;
  await fixture.emit(['idle-after']);
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
  await fixture.subscribe('twice', async (events, tx) =>
    fixture.record(
      events.filter(({ subject }) => subject.startsWith('twice')),
      tx,
    ),
  );
  await eventually(async () => expect(await fixture.effectCounts(ids)).toEqual(ids.map(() => 1)));
  await fixture.emit(['twice-last']);
  await eventually(async () => expect(await fixture.effectCounts(['twice-last'])).toEqual([1]));
  expect(await fixture.effectCounts(ids)).toEqual(ids.map(() => 1));
});

it('retries what may pass, and rolls the failed try back', async () => {
  let tries = 0;
  await fixture.subscribe('retry', async (events, tx) => {
    const mine = events.filter(({ subject }) => subject === 'retry-1');
    await fixture.record(mine, tx);
    if (mine.length > 0 && (tries += 1) < 3) throw new Error('not this time');
  });
  await fixture.emit(['retry-1']);
  await eventually(async () => expect(await fixture.effectCounts(['retry-1'])).toEqual([1]));
  expect(tries).toBe(3);
});

it('buries only the poison event of a batch, shows why, and handles it when it is sent again', async () => {
  let isPoisonous = true;
  await fixture.subscribe('poison', async (events, tx) => {
    if (isPoisonous && events.some(({ subject }) => subject === 'poison-3'))
      throw refused('CANNOT_READ', 'cannot read this');
    await fixture.record(
      events.filter(({ subject }) => subject.startsWith('poison')),
      tx,
    );
  });
  const ids = Array.from({ length: 6 }, (_, index) => `poison-${index}`);
  await fixture.emit(ids);
  await eventually(async () => expect(await fixture.effectCounts(ids)).toEqual([1, 1, 1, 0, 1, 1]));
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
  await eventually(async () => expect(await fixture.effectCounts(ids)).toEqual([1, 1, 1, 1, 1, 1]));
  expect(await letters.list({ limit: 10 })).toEqual([]);
  await expect(letters.replay(letter.id)).rejects.toMatchObject({ reason: 'DEAD_LETTER_NOT_FOUND' });
});

it('tries the neighbours of a poison event again when they fail in passing', async () => {
  let failures = 2;
  await fixture.subscribe('passing', async (events, tx) => {
    const mine = events.filter(({ subject }) => subject.startsWith('passing'));
    if (mine.some(({ subject }) => subject === 'passing-0')) throw refused('CANNOT_READ', 'cannot read this');
    if (mine.length > 0 && (failures -= 1) >= 0) throw new Error('the database is away');
    await fixture.record(mine, tx);
  });
  await fixture.emit(['passing-0', 'passing-1', 'passing-2']);
  await eventually(async () =>
    expect(await fixture.effectCounts(['passing-0', 'passing-1', 'passing-2'])).toEqual([0, 1, 1]),
  );
  const letters = await new DeadLetters(bus).list({ limit: 20 });
  expect(
    letters
      .filter(({ consumer }) => consumer === 'passing-main')
      .flatMap(({ events }) => events.map(({ subject }) => subject)),
  ).toEqual(['passing-0']);
});

it('buries bytes nobody can read and goes on', async () => {
  await fixture.subscribe('bytes', async (events, tx) =>
    fixture.record(
      events.filter(({ subject }) => subject.startsWith('bytes')),
      tx,
    ),
  );
  await bus.jetStream.publish(bus.subject('evt.benefits.v1.benefit-claimed'), 'not json');
  await fixture.emit(['bytes-1']);
  await eventually(async () => expect(await fixture.effectCounts(['bytes-1'])).toEqual([1]));
  const [letter] = await new DeadLetters(bus).list({ limit: 1 });
  expect(letter).toMatchObject({ consumer: 'bytes-main', events: [] });
  await expect(new DeadLetters(bus).replay(letter!.id)).rejects.toMatchObject({ reason: 'DEAD_LETTER_UNREADABLE' });
});

it('publishes after a restart what a crash left in the outbox', async () => {
  const heard: string[] = [];
  const stopListening = bus.listen(StockSoldOut, ({ data }) => heard.push(data.stockId));
  const stopped = await Mongo.connect(process.env.MONGODB_URI ?? '', `${fixture.namespace}_messaging`);
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
