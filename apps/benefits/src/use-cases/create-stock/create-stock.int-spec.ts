import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
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

it('creates nothing in a currency that the ledger does not post', async () => {
  const create = (overrides: object) => {
    const stock = { ...aStock({ stockId: 'priced', ...overrides }), claimedCount: 0 };
    return wallet.benefits.createStock({ requestId: JSON.stringify(overrides), stock });
  };
  for (const currency of ['RMB', 'cny', 'PTS']) {
    await expect(create({ currency })).rejects.toMatchObject({
      reason: 'VALIDATION_FAILED',
      violations: [{ field: 'stock.currency' }],
    });
  }
  expect((await create({ currency: 'EUR' })).stock).toMatchObject({ currency: 'EUR' });
});

it('makes no part of the bank bear what is not its maker’s own', async () => {
  const east = wallet.service.client(BenefitsServiceService, { kind: 'staff', id: 'e', orgPath: 'hq/east' });
  const create = (partyId: string) => {
    const costShares = [{ funder: 'bank' as const, partyId, basisPoints: 10_000 }];
    const stock = { ...aStock({ stockId: 'branch', orgPath: 'hq/east', costShares }), claimedCount: 0 };
    return east.createStock({ requestId: `by-${partyId}`, stock });
  };
  for (const partyId of ['hq', 'hq/west']) {
    await expect(create(partyId)).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  }
  expect((await create('hq/east')).stock?.costShares).toMatchObject([{ partyId: 'hq/east' }]);
});

it('lets a unit bear its part whose path is as long as one below the head office may be', async () => {
  const partyId = ['hq', ...['a', 'b', 'c'].map((name) => name.padEnd(63, 'x'))].join('/');
  const costShares = [{ funder: 'bank' as const, partyId, basisPoints: 10_000 }];
  await wallet.claimOne('c-deep', { costShares });
  expect(await wallet.balance(`budget_bank:${partyId}`)).toBe(800);
  const borne = { merchantId: 'm-deep', amountMinor: 70, currency: 'CNY', kind: 'subsidy', funder: 'bank', partyId };
  await wallet.benefits.postAdjustment({ requestId: 'deep', adjustmentId: 'deep', ...borne });
  expect(await wallet.balance(`subsidy:${partyId}`)).toBe(70);
});
