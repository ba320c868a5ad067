import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { aStock } from '../../testing/stock.factory';
import { startWallet, type WalletFixture } from '../../testing/wallet.fixture';

// Goal: who follows many stocks learns in one question what was claimed of each, in all and today, whichever shard it was claimed of.

let wallet: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
});
afterAll(() => wallet?.service.stop());

const open = (stockId: string, overrides: Parameters<typeof aStock>[0] = {}) =>
  wallet.benefits.createStock({
    requestId: stockId,
    stock: { ...aStock({ stockId, perCustomerLimit: 0, totalLimit: 100, ...overrides }), claimedCount: 0 },
  });
const claim = (stockId: string, count: number, day: string) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      wallet.benefits.claimBenefit({
        requestId: `${stockId}-${day}-${index}`,
        stockId,
        customerId: `${day}-${index}`,
        decisionId: '',
      }),
    ),
  );
const countsOf = async (...stockIds: string[]) => {
  const { stocks } = await wallet.benefits.getStocks({ stockIds });
  return Object.fromEntries(
    stocks.map(({ stock, claimedOnDayCount }) => [stock!.stockId, [stock!.claimedCount, claimedOnDayCount]]),
  );
};

it('tells of each what was claimed in all and today, and nothing of those that are not there', async () => {
  await open('plain', { dailyLimit: 5 });
  await open('sharded', { shardCount: 8, dailyLimit: 12 });
  await open('untouched');
  await claim('plain', 2, 'first');
  // So many that shards lend to each other.
  await claim('sharded', 12, 'first');
  expect(await countsOf('plain', 'sharded', 'untouched', 'none')).toEqual({
    plain: [2, 2],
    sharded: [12, 12],
    untouched: [0, 0],
  });
  wallet.clock.advance(24 * 3_600_000);
  await claim('sharded', 1, 'second');
  expect(await countsOf('plain', 'sharded')).toEqual({ plain: [2, 0], sharded: [13, 1] });
});

it('leaves a stock as it is when another is set up under its id', async () => {
  const stock = { ...aStock({ stockId: 'plain', totalLimit: 1 }), claimedCount: 0 };
  await expect(wallet.benefits.createStock({ requestId: 'again', stock })).rejects.toMatchObject({
    reason: 'STOCK_EXISTS',
  });
  const { stocks } = await wallet.benefits.getStocks({ stockIds: ['plain'] });
  expect(stocks).toMatchObject([{ stock: { totalLimit: 100, claimedCount: 2 } }]);
});

it('tells staff of their own organisation alone, and refuses too many at once', async () => {
  const west = wallet.service.client(BenefitsServiceService, { orgPath: 'hq/west' });
  await expect(west.getStocks({ stockIds: ['plain'] })).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  const stockIds = Array.from({ length: 201 }, (_, index) => `s-${index}`);
  await expect(wallet.benefits.getStocks({ stockIds })).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
});
