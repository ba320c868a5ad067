import { StockSoldOut } from '@tidegate/contracts/benefits/v1/benefits_events';
import { eventually, persistently } from '@tidegate/testing';
import type { Stock } from '../domain/stock';
import { aStock } from '../testing/stock.factory';
import { startWallet, tally, type WalletFixture } from '../testing/wallet.fixture';
import { BenefitGranter } from './benefit-granter';

// Goal: several bundles granted at once out of shards are all whole and marked each with its own parts, or none is given, over two replicas.

/** Boxes that one grant gives. */
const BOXES = 5;
/** Enough of the rarer part for four grants, and two over. */
const RARE = 4 * BOXES + 2;

let first: WalletFixture;
let second: WalletFixture;
const soldOut: string[] = [];
beforeAll(async () => {
  first = await startWallet();
  second = await startWallet({ clock: first.clock, replicaOf: first });
  first.service.bus.listen(StockSoldOut, ({ data }) => soldOut.push(data.stockId));
});
afterAll(async () => {
  await second?.service.stop();
  await first?.service.stop();
});

const open = (stockId: string, overrides: Partial<Stock>) =>
  first.benefits.createStock({
    requestId: stockId,
    stock: { ...aStock({ stockId, perCustomerLimit: 0, totalLimit: 500, ...overrides }), claimedCount: 0 },
  });
const grant = (customerId: string, replica = first, count = BOXES) =>
  persistently(() =>
    replica.service.app
      .get(BenefitGranter)
      .grant({ requestId: 'boxes', stockId: 'box', customerId, cause: 'mission', count }),
  );
const walletOf = async (customerId: string) =>
  (await first.benefits.listWallet({ customerId, state: '', group: '', pageSize: 200, pageToken: '' })).instances;
const claimedOf = async (): Promise<number[]> =>
  Promise.all(
    ['box', 'rare', 'plain'].map(async (stockId) => (await first.benefits.getStock({ stockId })).stock!.claimedCount),
  );

it('gives each box one of each part under its own mark, all of a grant or none', async () => {
  // Fewer than one of a shard for each box: what a grant needs is lent by the shards beside it.
  await open('rare', { totalLimit: RARE, shardCount: 16 });
  await open('plain', { kind: 'amount_discount', shardCount: 8 });
  const bundle = { kind: 'bundle' as const, bundleStockIds: ['rare', 'plain'], isBundleWhole: true };
  await open('box', { ...bundle, isTransferable: false, shardCount: 4 });

  const crowd = Array.from({ length: 8 }, (_, index) => `c-${index}`);
  const answers = await tally(crowd.map((customerId, index) => grant(customerId, index % 2 ? first : second)));
  expect(answers).toEqual({ done: 4, STOCK_SOLD_OUT: 4 });
  expect(await claimedOf()).toEqual([4 * BOXES, 4 * BOXES, 4 * BOXES]);
  for (const customerId of crowd) {
    const held = await walletOf(customerId);
    const boxes = held.filter(({ stockId }) => stockId === 'box').map(({ instanceId }) => instanceId);
    expect([0, BOXES]).toContain(boxes.length);
    const parts = held
      .filter(({ stockId }) => stockId !== 'box')
      .map((each) => `${each.stockId} of ${each.fromInstanceId}`);
    expect(parts.sort()).toEqual(boxes.flatMap((box) => [`plain of ${box}`, `rare of ${box}`]).sort());
    if (boxes.length === 0) continue;
    // The same grant again is the same boxes, wherever it is asked.
    const again = [await grant(customerId, first), await grant(customerId, second)];
    expect(again.map(({ instanceId }) => boxes.includes(instanceId))).toEqual([true, true]);
    expect(await walletOf(customerId)).toHaveLength(held.length);
  }
  expect(await claimedOf()).toEqual([4 * BOXES, 4 * BOXES, 4 * BOXES]);

  // The two that were too few for a grant are there for whoever wants no more.
  expect(soldOut).toEqual([]);
  await grant('last', second, 2);
  expect((await walletOf('last')).filter(({ stockId }) => stockId === 'rare')).toHaveLength(2);
  expect(await claimedOf()).toEqual([RARE, RARE, RARE]);
  await eventually(() => expect(soldOut).toEqual(['rare']));
  expect(await first.trialBalance()).toBe(0);
});
