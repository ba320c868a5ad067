import { eventually, persistently } from '@tidegate/testing';
import type { Stock } from '../domain/stock';
import { CountRepository } from '../repositories/count.repository';
import { InstanceRepository } from '../repositories/instance.repository';
import { StockCatalogue } from '../repositories/stock-catalogue';
import { aStock } from '../testing/stock.factory';
import { startWallet, type WalletFixture } from '../testing/wallet.fixture';
import { SoldOutTakers } from './sold-out-takers';

// Goal: a stock that is sold out is refused from memory, and yet no winner of a unit that came back is ever told that he won nothing.

let here: WalletFixture;
let there: WalletFixture;
beforeAll(async () => {
  here = await startWallet();
  there = await startWallet({ clock: here.clock, replicaOf: here });
});
afterAll(async () => {
  await there?.service.stop();
  await here?.service.stop();
});
afterEach(() => jest.restoreAllMocks());

const open = (stockId: string, overrides: Partial<Stock>) =>
  here.benefits.createStock({
    requestId: stockId,
    stock: { ...aStock({ stockId, totalLimit: 1, ...overrides }), claimedCount: 0 },
  });
const claim = (replica: WalletFixture, stockId: string, customerId: string) =>
  replica.benefits.claimBenefit({ requestId: `${stockId}-${customerId}`, stockId, customerId, decisionId: '' });
const takeBack = (instanceId: string, replica = here) =>
  replica.benefits.voidInstance({ requestId: `back-${instanceId}`, instanceId, reason: 'mistake' });

/** Keeps the other replica refusing from memory, whatever news comes, until it is told to stop. */
async function keepRefusing(stockId: string): Promise<() => Promise<void>> {
  const catalogue = there.service.app.get(StockCatalogue);
  const takers = there.service.app.get(SoldOutTakers);
  const stock = await catalogue.get(stockId);
  let isStopped = false;
  const asking = (async () => {
    while (!isStopped) {
      await takers.ask(stock, 'c-stranger');
      catalogue.markSoldOut(stockId, Date.now() + 60_000, stock.bundleStockIds);
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  await eventually(async () => {
    expect(await takers.ask(stock, 'c-stranger')).toEqual({ hasUnits: false, mayHaveClaimed: false });
  });
  return () => {
    isStopped = true;
    return asking;
  };
}

it.each([
  ['one count', 0],
  ['shards', 4],
])(
  'tells each winner of a unit that came back so at once where strangers are refused, with %s',
  async (_, shardCount) => {
    const stockId = `returned-${shardCount}`;
    await open(stockId, { shardCount });
    let { instance } = await claim(here, stockId, 'c-first');
    const stop = await keepRefusing(stockId);
    for (let round = 0; round < 12; round += 1) {
      await takeBack(instance!.instanceId);
      ({ instance } = await eventually(() => claim(here, stockId, `c-${round}`), { everyMs: 1 }));
      // His answer was lost, and he asks again elsewhere.
      expect(await claim(there, stockId, `c-${round}`)).toMatchObject({ isRepeat: true, instance });
    }
    await stop();
  },
);

it('tells so also who won a whole bundle of which a part came back', async () => {
  await open('part', {});
  const bundle = { kind: 'bundle' as const, bundleStockIds: ['part'], isBundleWhole: true, isTransferable: false };
  await open('whole', { ...bundle, totalLimit: 100 });
  let part = (await claim(here, 'part', 'c-first')).instance!.instanceId;
  await expect(claim(here, 'whole', 'c-early')).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
  const stop = await keepRefusing('whole');
  for (let round = 0; round < 8; round += 1) {
    const customerId = `c-${round}`;
    await takeBack(part);
    const { instance } = await eventually(() => claim(here, 'whole', customerId), { everyMs: 1 });
    expect(await claim(there, 'whole', customerId)).toMatchObject({ isRepeat: true, instance });
    const rest = { state: '', group: '', pageSize: 50, pageToken: '' };
    const { instances } = await here.benefits.listWallet({ customerId, ...rest });
    part = instances.find(({ stockId }) => stockId === 'part')!.instanceId;
  }
  await stop();
});

it('refuses thousands of strangers without a look at any of them, and with few reads of the counts', async () => {
  await open('gone', {});
  await claim(here, 'gone', 'c-winner');
  const stop = await keepRefusing('gone');
  await stop();
  const lookUps = jest.spyOn(there.service.app.get(InstanceRepository), 'findGathered');
  const reads = jest.spyOn(there.service.app.get(CountRepository), 'findAtOnce');
  const beganAtMs = performance.now();
  for (let round = 0; round < 10; round += 1) {
    const crowd = Array.from({ length: 200 }, (_, index) => claim(there, 'gone', `c-${round}-${index}`));
    const refusals = await Promise.allSettled(crowd);
    expect(refusals.every((one) => one.status === 'rejected' && one.reason.reason === 'STOCK_SOLD_OUT')).toBe(true);
  }
  expect(lookUps).not.toHaveBeenCalled();
  expect(reads.mock.calls.length).toBeLessThanOrEqual(2 + (performance.now() - beganAtMs) / 100);
});

it('waits together for units that come back at once, and not at all where there are some', async () => {
  await open('recalled', { totalLimit: 40, perCustomerLimit: 0 });
  const claims = Array.from({ length: 40 }, (_, index) => persistently(() => claim(here, 'recalled', `c-${index}`)));
  const ids = (await Promise.all(claims)).map(({ instance }) => instance!.instanceId);
  const counts = here.service.app.get(CountRepository);
  const told = jest.spyOn(counts, 'tellReturn');
  await Promise.all(ids.slice(0, 30).map((id) => takeBack(id)));
  await takeBack(ids[30]!);
  expect(told).toHaveBeenCalledTimes(1);
  // Nothing is left of what was told.
  expect((await counts.read(['stock|recalled'])).returns).toEqual(new Map());
});

it('gives a unit back though another replica died before it did, and though its own return was ended meanwhile', async () => {
  await open('left', {});
  const { instance } = await claim(here, 'left', 'c-1');
  await there.service.app.get(CountRepository).tellReturn('stock|left', 'of-a-replica-that-died');
  const counts = here.service.app.get(CountRepository);
  const tell = counts.tellReturn.bind(counts);
  jest.spyOn(counts, 'tellReturn').mockImplementationOnce(async (key, returnId) => {
    await tell(key, returnId);
    await counts.endReturns(key, [returnId]);
  });
  await expect(takeBack(instance!.instanceId)).rejects.toMatchObject({ code: 'ABORTED' });
  expect((await here.benefits.getStock({ stockId: 'left' })).stock?.claimedCount).toBe(1);
  await takeBack(instance!.instanceId);
  expect((await claim(there, 'left', 'c-2')).isRepeat).toBe(false);
});
