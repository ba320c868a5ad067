import { aStock } from '../../testing/stock.factory';
import { startWallet, type WalletFixture } from '../../testing/wallet.fixture';

// Goal: who repeats a creation is told what it created, and can ask for that alone.

let wallet: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
});
afterAll(() => wallet?.service.stop());

it('creates nothing for who only repeats, and tells him what he created before', async () => {
  const request = { requestId: 'once', stock: { ...aStock({ stockId: 'once' }), claimedCount: 0 } };
  const onlyRepeat = { ...request, isRepeatOnly: true };
  await expect(wallet.benefits.createStock(onlyRepeat)).rejects.toMatchObject({ reason: 'STOCK_NOT_FOUND' });
  await expect(wallet.benefits.getStock({ stockId: 'once' })).rejects.toMatchObject({ reason: 'STOCK_NOT_FOUND' });
  const created = await wallet.benefits.createStock(request);
  expect(await wallet.benefits.createStock(onlyRepeat)).toEqual(created);
  const other = { ...onlyRepeat, stock: { ...request.stock, name: 'Another' } };
  await expect(wallet.benefits.createStock(other)).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });
});
