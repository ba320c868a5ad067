import { event, subjectOfType } from '@tidegate/mongo';
import { eventually, type TestService } from '@tidegate/testing';
import { aStory, decided, type TestEvent } from '../../testing/event.factory';
import { allReports, countAll, publishAll, startReview, untilCounted } from '../../testing/review.harness';

// Goal: whatever the order and however often events come, the reports are the same, and the copy can be rebuilt at any time.

const running: TestService[] = [];
afterAll(async () => {
  for (const service of running.reverse()) await service.stop();
});
const start = async (shareWith?: TestService): Promise<TestService> => {
  const service = await startReview(shareWith);
  running.push(service);
  return service;
};

/** A fixed shuffle, so that a failure repeats. */
function shuffled<T>(items: T[]): T[] {
  let seed = 42;
  const next = () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
  return items
    .map((item) => ({ item, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

let inOrder: TestService;
const story = aStory();
beforeAll(async () => {
  inOrder = await start();
  await publishAll(inOrder, story);
  await untilCounted(inOrder, story.length);
});

it('tells the story', async () => {
  const { funnel, leads, benefits, latency, effect, intake } = await allReports(inOrder);
  expect(funnel).toEqual([
    {
      strategyId: 'deposit',
      channel: 'app',
      considered: 7,
      chosen: 4,
      delivered: 3,
      reached: 2,
      responded: 1,
      converted: 1,
      countByReason: { CHOSEN: 4, HOLDOUT_STRATEGY: 2, CONSENT_MISSING: 1 },
    },
    {
      strategyId: 'deposit',
      channel: 'remote_bank',
      considered: 4,
      chosen: 3,
      delivered: 3,
      reached: 2,
      responded: 2,
      converted: 1,
      countByReason: { CHOSEN: 3, OUTRANKED: 1 },
    },
    expect.objectContaining({ strategyId: 'outflow', channel: 'app', considered: 2, chosen: 2, delivered: 0 }),
  ]);
  expect(leads).toEqual({
    countByDisposition: { converted: 1, not_interested: 1 },
    open: 1,
    offered: 2,
    accepted: 2,
    returned: 1,
  });
  expect(benefits).toEqual({
    claimed: 3,
    refusedByReason: { STOCK_SOLD_OUT: 42, CUSTOMER_LIMIT_REACHED: 3 },
    transferred: 1,
    redeemed: 1,
    redeemedAmountMinor: 800,
    expired: 1,
  });
  expect(latency.count).toBe(2);
  expect([latency.p50Ms, latency.p90Ms, latency.p99Ms, latency.maxMs].map(Math.round)).toEqual([240, 336, 358, 360]);
  expect(effect).toMatchObject({
    treatedCount: 8,
    controlCount: 2,
    treatedSuccessCount: 2,
    controlSuccessCount: 1,
    hasLift: true,
  });
  expect(intake['tidegate.customers.v1.FactRecorded']).toBe(2);
  expect(Object.keys(intake)).toHaveLength(20);
});

it('gives the same reports when everything comes twice and out of order', async () => {
  const disordered = await start();
  const numbered = story.map((item, index) => ({ ...item, id: `e-${index}` }));
  for (const { type, data, id } of shuffled([...numbered, ...numbered]))
    await disordered.publish(type, 'subject', [data], id);
  await publishAll(disordered, [decided('marker', { strategyId: 'marker' })], 'marker');
  await eventually(async () => {
    const { funnel } = await allReports(disordered);
    expect(funnel.map(({ strategyId }) => strategyId)).toContain('marker');
    // Every duplicate was handled too: the consumer has nothing left.
    const { bus } = disordered;
    const left = await bus.manager.consumers.info(bus.eventStream, 'review-main');
    expect([left.num_pending, left.num_ack_pending]).toEqual([0, 0]);
  });

  const [expected, actual] = [await allReports(inOrder), await allReports(disordered)];
  const { 'tidegate.arbitration.v1.DecisionMade': decisions, ...others } = actual.intake;
  expect(actual.funnel.filter(({ strategyId }) => strategyId !== 'marker')).toEqual(expected.funnel);
  expect({
    ...actual,
    funnel: expected.funnel,
    intake: { ...others, 'tidegate.arbitration.v1.DecisionMade': decisions! - 1 },
  }).toEqual(expected);
});

it('stores an event once even when it is published anew in another message', async () => {
  const service = await start();
  const publish = async ({ type, data }: TestEvent, id: string, messageId: string) => {
    const outgoing = { ...event(type, 'subject', data), id };
    await service.bus.publish(subjectOfType(type.$type), JSON.stringify([outgoing, outgoing]), { messageId });
  };
  await publish(decided('d-1'), 'event-1', 'first');
  await publish(decided('d-1'), 'event-1', 'replayed');
  await publish(decided('d-2'), 'event-2', 'next');
  await untilCounted(service, 2);
  expect(await service.mongo.connection.collection('facts').countDocuments()).toBe(2);
});

it('rebuilds the copy from the facts and adds what comes later', async () => {
  const replica = await start(inOrder);
  expect(await allReports(replica)).toEqual(await allReports(inOrder));

  await publishAll(inOrder, [decided('later', { strategyId: 'later' })], 'later');
  await eventually(async () => {
    for (const service of [inOrder, replica]) {
      const { funnel } = await allReports(service);
      expect(funnel.find(({ strategyId }) => strategyId === 'later')).toMatchObject({ considered: 1, chosen: 1 });
    }
  });
  expect(await countAll(replica)).toBe(await countAll(inOrder));
});
