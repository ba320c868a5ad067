import type { Stock } from '../domain/stock';
import { CountRepository } from '../repositories/count.repository';
import { aStock } from '../testing/stock.factory';
import { startWallet, tally, type WalletFixture } from '../testing/wallet.fixture';

// Goal: once all of a day has been claimed, those who come too late cost little, and whoever won is told so again.

let wallet: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
});
afterAll(() => wallet?.service.stop());
afterEach(() => jest.restoreAllMocks());

const open = (stockId: string, overrides: Partial<Stock>) =>
  wallet.benefits.createStock({
    requestId: stockId,
    stock: { ...aStock({ stockId, isTransferable: false, ...overrides }), claimedCount: 0 },
  });
const claim = (stockId: string, customerId: string) =>
  wallet.benefits.claimBenefit({ requestId: `${stockId}-${customerId}`, stockId, customerId, decisionId: '' });

it.each([
  ['one count', 0],
  ['shards', 4],
])(
  'reads no counts for those who come after the day’s last unit, and repeats a winner’s answer, with %s',
  async (_, shardCount) => {
    const stockId = `daily-${shardCount}`;
    await open(stockId, { dailyLimit: 4, shardCount });
    const { instance } = await claim(stockId, 'c-winner');
    for (const other of ['c-second', 'c-third', 'c-fourth']) await claim(stockId, other);
    await expect(claim(stockId, 'c-late')).rejects.toMatchObject({ reason: 'DAILY_LIMIT_REACHED' });
    const counts = wallet.service.app.get(CountRepository);
    const reads = [jest.spyOn(counts, 'find'), jest.spyOn(counts, 'findAtOnce')];
    const crowd = Array.from({ length: 200 }, (_each, index) => claim(stockId, `c-${index}`));
    expect(await tally(crowd)).toEqual({ DAILY_LIMIT_REACHED: 200 });
    expect(await claim(stockId, 'c-winner')).toMatchObject({ isRepeat: true, instance });
    for (const read of reads) expect(read).not.toHaveBeenCalled();
    wallet.clock.advance(24 * 3_600_000);
    expect((await claim(stockId, 'c-late')).isRepeat).toBe(false);
  },
);

it('remembers nothing of a bundle, of which another part may be had again the same day', async () => {
  await open('part-of-day', { dailyLimit: 1 });
  await open('part-in-all', { totalLimit: 1 });
  await claim('part-of-day', 'c-first');
  const { instance } = await claim('part-in-all', 'c-first');
  await open('either', { kind: 'bundle', bundleStockIds: ['part-of-day', 'part-in-all'] });
  await expect(claim('either', 'c-early')).rejects.toMatchObject({ reason: 'DAILY_LIMIT_REACHED' });
  const { instanceId } = instance!;
  await wallet.benefits.voidInstance({ requestId: 'back', instanceId, reason: 'mistake' });
  expect((await claim('either', 'c-early')).isRepeat).toBe(false);
});
