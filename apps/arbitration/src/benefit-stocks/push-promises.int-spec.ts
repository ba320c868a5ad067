import { AppendPushMembersRequest, StartPushRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { BenefitsServiceService, Stock } from '@tidegate/contracts/benefits/v1/benefits';
import { BenefitClaimed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { DeliveryFailed } from '@tidegate/contracts/delivery/v1/delivery_events';
import { Mongo } from '@tidegate/mongo';
import { eventually, fakePeer } from '@tidegate/testing';
import { StockPromiseRepository } from '../repositories/stock-promise.repository';
import { appAction, ArbitrationFixture, callAction } from '../testing/arbitration.fixture';
import { idsOf, members, PushRunner } from '../testing/push-runner';

// Goal: pushes promise no more units of a benefit than there are, together and on each day, and what they do not need is promised again.

const WAIT = { timeoutMs: 90_000 };
const stocks = new Map<string, Partial<Stock>>();
let benefits: Awaited<ReturnType<typeof fakePeer>>;
let fixture: ArbitrationFixture;
let run: PushRunner;

const gift = (actionId: string, benefitStockId: string) =>
  appAction(actionId, { treatments: [{ channel: 'app', title: 'A gift', benefitStockId }] });
/** Of one day: promised, and claimed of that. */
const promisedOf = async (stockId: string): Promise<[day: string, promised: number, claimed: number][]> => {
  const { app } = fixture.first;
  const book = await app
    .get(Mongo)
    .transaction((tx) => app.get(StockPromiseRepository).openBook([stockId], { now: fixture.clock.now() }, tx));
  return book.promisesOf(stockId).map(({ day, promisedCount, claimedCount }) => [day, promisedCount, claimedCount]);
};

beforeAll(async () => {
  benefits = await fakePeer(BenefitsServiceService, {
    getStocks: async ({ stockIds }) => ({
      stocks: stockIds.flatMap((stockId) => {
        const known = { stockId, state: 'open', timeZone: 'Asia/Shanghai', ...stocks.get(stockId) };
        return [{ stock: Stock.fromPartial(known), day: '2026-03-02', claimedOnDayCount: known.claimedCount ?? 0 }];
      }),
    }),
  });
  fixture = await ArbitrationFixture.start(2, { benefits: benefits.url });
  run = new PushRunner(fixture);
  await fixture.putPolicy({});
});
afterAll(async () => {
  await fixture?.stop();
  await benefits?.stop();
});

it('of two at once, and of a third one what was given back, claims not counted twice', async () => {
  stocks.set('ten', { totalLimit: 10 });
  const names = ['one', 'two', 'three', 'four'];
  for (const name of names) await fixture.putStrategy(name, [gift(`give-${name}`, 'ten')]);
  await fixture.putCustomers(names.flatMap((name) => members(name, 12)));
  const start = (name: string, replica: number): Promise<string> =>
    run.start(name, idsOf(members(name, 12)), { replica });
  const pushIds = await Promise.all([start('one', 0), start('two', 1)]);
  await Promise.all(pushIds.map((pushId) => run.finished(pushId)));
  const decided = (await Promise.all(pushIds.map((pushId) => run.decisionsOf(pushId)))).flat();
  const chosen = decided.filter(({ isChosen }) => isChosen);
  expect([decided.length, chosen.length]).toEqual([24, 10]);
  expect(new Set(decided.map(({ reason }) => reason))).toEqual(new Set(['CHOSEN', 'BENEFIT_EXHAUSTED']));
  expect(await promisedOf('ten')).toEqual([['2026-03-02', 10, 0]]);

  // Four are claimed, one of them told of twice, and two messages never arrive: two units, for others.
  const claims = chosen.slice(0, 4).map(({ decisionId }) => BenefitClaimed.fromPartial({ decisionId, stockId: 'ten' }));
  stocks.set('ten', { totalLimit: 10, claimedCount: 4 });
  await fixture.first.publish(BenefitClaimed, 'ten', [...claims, claims[0]!, BenefitClaimed.fromPartial({})]);
  for (const { decisionId } of chosen.slice(4, 6)) {
    await fixture.first.publish(DeliveryFailed, decisionId, [DeliveryFailed.fromPartial({ decisionId })]);
  }
  await eventually(async () => expect(await promisedOf('ten')).toEqual([['2026-03-02', 8, 4]]), WAIT);
  const third = await run.finished(await start('three', 0));
  expect(third).toMatchObject({ chosenCount: 2, limits: [{ limit: 'stock:ten', max: 2, used: 2 }] });
  const fourth = await run.finished(await start('four', 1));
  expect(fourth).toMatchObject({ chosenCount: 0, countByReason: { BENEFIT_EXHAUSTED: 12 } });
});

it('over several days each day its own limit, for messages today’s', async () => {
  stocks.set('daily', { totalLimit: 100, dailyLimit: 5 });
  const treatments = [{ channel: 'remote_bank', title: 'A call', queue: 'rm', benefitStockId: 'daily' }];
  await fixture.putStrategy('calls', [callAction('call', 'rm', { treatments, valueMinor: 1_000 })]);
  await fixture.putStrategy('notes', [gift('note', 'daily')]);
  await fixture.putCustomers([...members('calls', 20), ...members('notes', 4)]);
  const client = fixture.client();
  await client.putCapacity({ requestId: 'rm', queue: 'rm', slot: 'default', units: 8 });
  await run.finished(await run.start('notes', idsOf(members('notes', 2))));
  const request = { requestId: 'calls', strategyId: 'calls', listId: 'calls', horizonDays: 2 };
  const { push } = await client.startPush(StartPushRequest.fromPartial(request));
  const { pushId } = push!;
  const customerIds = idsOf(members('calls', 20));
  await client.appendPushMembers(AppendPushMembersRequest.fromPartial({ pushId, customerIds, isLast: true }));
  // Two of today are promised by messages already.
  const done = await run.finished(pushId);
  expect(done).toMatchObject({ chosenCount: 13, countByReason: { CHOSEN: 13, BENEFIT_EXHAUSTED: 7 } });
  expect(await promisedOf('daily')).toEqual([
    ['2026-03-02', 5, 0],
    ['2026-03-03', 5, 0],
    ['2026-03-04', 5, 0],
  ]);
  const { capacities } = await client.listCapacity({ queue: 'rm', pageSize: 10, pageToken: '' });
  const reserved = capacities
    .filter(({ slot }) => slot !== 'default')
    .map(({ slot, reserved: units }) => [slot, units]);
  expect(reserved).toEqual([
    ['2026-03-02', 3],
    ['2026-03-03', 5],
    ['2026-03-04', 5],
  ]);
  // On the next day its own five are all promised.
  fixture.clock.advance(86_400_000);
  const late = await run.finished(await run.start('notes', idsOf(members('notes', 4))));
  expect(late).toMatchObject({ chosenCount: 0, countByReason: { BENEFIT_EXHAUSTED: 4 } });
});
