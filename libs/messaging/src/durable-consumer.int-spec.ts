import { BenefitClaimed, StockSoldOut } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, type Transaction } from '@tidegate/mongo';
import { eventually } from '@tidegate/testing';
import { Subscriptions } from './subscriptions';
import { MessagingFixture } from './testing/messaging.fixture';
import type { ReceivedEvent } from './wire-format';

// Goal: what a consumer held comes to another when it dies, not when it is slow; a newer version goes on where the older one was.

let fixture: MessagingFixture;
/** Lets handlers go on that a test holds, also when it fails: the database is dropped only when nobody is at work in it. */
let finish: () => void = () => undefined;

beforeAll(async () => {
  fixture = await MessagingFixture.start();
});
afterEach(async () => {
  finish();
  await fixture.stopConsumers();
});
afterAll(() => fixture?.stop());

const consumerOf = (service: string) => fixture.bus.manager.consumers.info(fixture.bus.eventStream, `${service}-main`);
const pendingOf = (...services: string[]): Promise<number[]> =>
  Promise.all(services.map(async (service) => (await consumerOf(service)).num_pending));

it('goes on where it was with the settings of a newer version', async () => {
  const older = await fixture.subscribe('upgraded', fixture.record);
  await fixture.emit(['before-upgrade']);
  await eventually(async () => expect(await fixture.effectCounts(['before-upgrade'])).toEqual([1]));
  await older.stop();
  const soldOut: string[] = [];
  const newer = new Subscriptions('upgraded', fixture.bus, fixture.mongo);
  newer.on(BenefitClaimed, fixture.record);
  newer.on(StockSoldOut, (events) => Promise.resolve(void soldOut.push(...events.map(({ data }) => data.stockId))));
  await fixture.run(newer);
  await fixture.emit(['after-upgrade']);
  await fixture.mongo.transaction((tx) =>
    Promise.resolve(tx.emit(event(StockSoldOut, 'upgraded', { stockId: 'upgraded', soldOutAt: new Date() }))),
  );
  await eventually(async () => expect(await fixture.effectCounts(['before-upgrade', 'after-upgrade'])).toEqual([1, 1]));
  await eventually(() => expect(soldOut).toContain('upgraded'));
});

it('takes over what a dead consumer held, and leaves a slow one what it holds and what waits behind it', async () => {
  const held = new Promise<void>((resolve) => (finish = resolve));
  const begun = { dying: 0, slow: 0 };
  const holdOne = (name: keyof typeof begun) => async (events: ReceivedEvent<BenefitClaimed>[], tx: Transaction) => {
    if (events.some(({ data }) => data.instanceId === 'held')) {
      begun[name] += 1;
      await held;
    }
    await fixture.record(events, tx);
  };
  const dying = await MessagingFixture.connect(fixture.namespace);
  const doomed = await fixture.subscribe('mortal', holdOne('dying'), dying);
  await fixture.subscribe('slow', holdOne('slow'));
  await eventually(async () => expect(await pendingOf('mortal', 'slow')).toEqual([0, 0]));
  await fixture.emit(['held']);
  await eventually(() => expect(begun).toEqual({ dying: 1, slow: 1 }));
  await fixture.emit(['behind']);
  await eventually(async () => expect(await pendingOf('mortal', 'slow')).toEqual([0, 0]));

  await dying.connection.close();
  await fixture.subscribe('mortal', fixture.record);
  await eventually(async () => expect(await fixture.effectCounts(['held', 'behind'])).toEqual([1, 1]), {
    timeoutMs: 60_000,
  });
  expect((await consumerOf('slow')).num_redelivered).toBe(0);
  finish();
  // Each of the two consumers once; the dead one finds that another has done it.
  await eventually(async () => expect(await fixture.effectCounts(['held', 'behind'])).toEqual([2, 2]));
  await doomed.stop();
  expect(await fixture.effectCounts(['held', 'behind'])).toEqual([2, 2]);
});
