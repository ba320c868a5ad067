import { StockSoldOut } from '@tidegate/contracts/benefits/v1/benefits_events';
import { eventually, persistently } from '@tidegate/testing';
import { shardOf } from '../../domain/stock-shards';
import { aStock } from '../../testing/stock.factory';
import { startWallet, tally, type WalletFixture } from '../../testing/wallet.fixture';

// Goal: over shards and two replicas a stock gives exactly what it has, each customer what he may have, and none is refused early.

let first: WalletFixture;
let second: WalletFixture;
beforeAll(async () => {
  first = await startWallet();
  second = await startWallet({ clock: first.clock, replicaOf: first });
});
afterAll(async () => {
  await second?.service.stop();
  await first?.service.stop();
});

const open = (stockId: string, overrides: object) =>
  first.benefits.createStock({
    requestId: stockId,
    stock: { ...aStock({ stockId, ...overrides }), claimedCount: 0 },
  });
const claim = (stockId: string, customerId: string, requestId = customerId, replica = first) =>
  replica.benefits.claimBenefit({ requestId: `${stockId}-${requestId}`, stockId, customerId, decisionId: '' });
const claimedOf = async (stockId: string): Promise<number> =>
  (await first.benefits.getStock({ stockId })).stock!.claimedCount;

it.each([
  [2, 61],
  [16, 120],
  [64, 40],
])('over %i shards gives exactly its %i to a crowd twice as large', async (shardCount, totalLimit) => {
  const stockId = `crowd-${shardCount}`;
  await open(stockId, { shardCount, totalLimit });
  const soldOut: string[] = [];
  const stopListening = first.service.bus.listen(StockSoldOut, ({ data }) => soldOut.push(data.stockId));
  const crowd = Array.from({ length: totalLimit * 2 }, (_, index) =>
    persistently(() => claim(stockId, `c-${index}`, `c-${index}`, index % 2 ? first : second)),
  );
  expect(await tally(crowd)).toEqual({ done: totalLimit, STOCK_SOLD_OUT: totalLimit });
  expect(await claimedOf(stockId)).toBe(totalLimit);
  await eventually(() => expect(soldOut).toEqual([stockId]));
  stopListening();
});

it('tells once that a stock is gone when the last units of two shards go at once', async () => {
  const [one, two] = [0, 1].map((shard) => {
    const ids = Array.from({ length: 100 }, (_, index) => `last-${index}`);
    return ids.find((customerId) => shardOf({ shardCount: 2 }, customerId) === shard)!;
  });
  const soldOut: string[] = [];
  const stopListening = first.service.bus.listen(StockSoldOut, ({ data }) => soldOut.push(data.stockId));
  const stockIds = Array.from({ length: 24 }, (_, index) => `pair-${index}`);
  for (const stockId of stockIds) await open(stockId, { shardCount: 2, totalLimit: 2 });
  for (const stockId of stockIds) {
    await Promise.all([
      persistently(() => claim(stockId, one!, one, first)),
      persistently(() => claim(stockId, two!, two, second)),
    ]);
  }
  await eventually(() => expect(soldOut.sort()).toEqual([...stockIds].sort()));
  stopListening();
});

it('never refuses one customer while any shard has units, and keeps his limit to the one', async () => {
  await open('lone', { shardCount: 64, totalLimit: 30, perCustomerLimit: 25 });
  const calls = Array.from({ length: 30 }, (_, index) =>
    persistently(() => claim('lone', 'ann', `r-${index}`, index % 2 ? first : second)),
  );
  expect(await tally(calls)).toEqual({ done: 25, CUSTOMER_LIMIT_REACHED: 5 });
  const others = Array.from({ length: 8 }, (_, index) => persistently(() => claim('lone', `bob-${index}`)));
  expect(await tally(others)).toEqual({ done: 5, STOCK_SOLD_OUT: 3 });
});

it('counts a person over all shards of his customer ids', async () => {
  await open('person', { shardCount: 32, totalLimit: 100, naturalPersonLimit: 2 });
  const ids = Array.from({ length: 8 }, (_, index) => `twin-${index}`);
  for (const customerId of ids) {
    await first.benefits.linkPerson({ requestId: customerId, customerId, personId: 'twins' });
  }
  const calls = ids.map((customerId, index) =>
    persistently(() => claim('person', customerId, customerId, index % 2 ? first : second)),
  );
  expect(await tally(calls)).toEqual({ done: 2, PERSON_LIMIT_REACHED: 6 });
});

it('gives a unit that was taken back once more, whoever held it last', async () => {
  await open('back', { shardCount: 16, totalLimit: 3 });
  const won = await Promise.all(['a', 'b', 'c'].map((customerId) => persistently(() => claim('back', customerId))));
  await expect(claim('back', 'd')).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
  const { instance } = await first.benefits.transferBenefit({
    requestId: 'pass',
    instanceId: won[0]!.instance!.instanceId,
    customerId: 'a',
    toCustomerId: 'e',
  });
  await first.benefits.voidInstance({ requestId: 'void', instanceId: instance!.instanceId, reason: 'a mistake' });
  expect(await claimedOf('back')).toBe(2);
  await eventually(async () => expect((await claim('back', 'd', 'again')).instance?.state).toBe('issued'), {
    timeoutMs: 60_000,
  });
  await expect(claim('back', 'f')).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
  expect(await claimedOf('back')).toBe(3);
  expect(await first.trialBalance()).toBe(0);
});

it('keeps a day’s limit and a budget exactly over its shards, and opens the day anew', async () => {
  await open('daily', { shardCount: 8, totalLimit: 100, dailyLimit: 20 });
  await open('paid', { shardCount: 8, totalLimit: 100, budgetMinor: 30 * 800 + 799 });
  const crowd = (stockId: string, day: string) =>
    tally(
      Array.from({ length: 60 }, (_, index) =>
        persistently(() => claim(stockId, `${day}-${index}`, day, index % 2 ? first : second)),
      ),
    );
  expect(await crowd('daily', 'one')).toEqual({ done: 20, DAILY_LIMIT_REACHED: 40 });
  expect(await crowd('paid', 'one')).toEqual({ done: 30, BUDGET_EXHAUSTED: 30 });
  first.clock.advance(24 * 3_600_000);
  expect(await crowd('daily', 'two')).toEqual({ done: 20, DAILY_LIMIT_REACHED: 40 });
  expect(await crowd('paid', 'two')).toEqual({ BUDGET_EXHAUSTED: 60 });
  expect([await claimedOf('daily'), await claimedOf('paid')]).toEqual([40, 30]);
});

it('refuses more shards than a limit has units', async () => {
  for (const limit of [{ dailyLimit: 3 }, { budgetMinor: 3 * 800 }, { shardCount: 65 }]) {
    await expect(open('mixed', { shardCount: 4, ...limit })).rejects.toMatchObject({
      violations: [{ field: 'stock.shardCount' }],
    });
  }
});
