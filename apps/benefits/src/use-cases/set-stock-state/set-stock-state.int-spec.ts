import { eventually } from '@tidegate/testing';
import { StockCatalogue } from '../../repositories/stock-catalogue';
import { startWallet, type WalletFixture } from '../../testing/wallet.fixture';
import { aStock } from '../../testing/stock.factory';

// Goal: a replica that holds a stock in memory refuses as soon as it hears that another one paused it, and each request is
// told what it came to itself.

let wallet: WalletFixture;
let replica: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
  replica = await startWallet({ clock: wallet.clock, replicaOf: wallet });
});
afterAll(async () => {
  await replica?.service.stop();
  await wallet?.service.stop();
});

it('is heard by every replica, though what it holds in memory is fresh', async () => {
  await wallet.benefits.createStock({ requestId: 'p', stock: { ...aStock({ stockId: 'p' }), claimedCount: 0 } });
  const catalogue = replica.service.app.get(StockCatalogue);
  // What is held never gets old, so that only the news can change it.
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
  try {
    expect((await catalogue.get('p')).state).toBe('open');
    await wallet.benefits.setStockState({ requestId: 'paused', stockId: 'p', state: 'paused' });
    await eventually(async () => expect((await catalogue.get('p')).state).toBe('paused'));
  } finally {
    clock.mockRestore();
  }
  const claim = { requestId: 'c', stockId: 'p', customerId: 'c', decisionId: '' };
  await expect(replica.benefits.claimBenefit(claim)).rejects.toMatchObject({ reason: 'STOCK_PAUSED' });
});

it('tells a repeat what the first was told, though the stock was opened since', async () => {
  await wallet.benefits.createStock({ requestId: 'q', stock: { ...aStock({ stockId: 'q' }), claimedCount: 0 } });
  const pause = { requestId: 'pause-q', stockId: 'q', state: 'paused' };
  expect((await wallet.benefits.setStockState(pause)).stock?.state).toBe('paused');
  await wallet.benefits.setStockState({ requestId: 'open-q', stockId: 'q', state: 'open' });
  expect((await replica.benefits.setStockState(pause)).stock?.state).toBe('paused');
});
