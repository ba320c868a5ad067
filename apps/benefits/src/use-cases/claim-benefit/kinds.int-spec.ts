import { CodePoolsServiceService } from '@tidegate/contracts/benefits/v1/code_pools';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { eventually } from '@tidegate/testing';
import { importCodes, putPool } from '../../code-pools/testing/code-pools.fixture';
import type { Stock } from '../../domain/stock';
import { aStock } from '../../testing/stock.factory';
import { startWallet, tally, type WalletFixture } from '../../testing/wallet.fixture';

// Goal: every kind of benefit is given out under the same limits, and each does what is particular to it.

/** Many claims of a dry pool are decided one by one; a loaded machine takes its time. */
const PATIENT = { deadlineMs: 60_000 };
let wallet: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
});
afterAll(() => wallet?.service.stop());
afterEach(async () => expect(await wallet.trialBalance()).toBe(0));

const open = async (stockId: string, overrides: Partial<Stock> = {}): Promise<string> => {
  await wallet.benefits.createStock({
    requestId: stockId,
    stock: { ...aStock({ stockId, ...overrides }), claimedCount: 0 },
  });
  return stockId;
};
const claim = (stockId: string, customerId: string, requestId = `${stockId}-${customerId}`) =>
  wallet.benefits.claimBenefit({ requestId, stockId, customerId, decisionId: '' }, PATIENT);
const walletOf = async (customerId: string) =>
  (await wallet.benefits.listWallet({ customerId, state: '', group: '', pageSize: 50, pageToken: '' })).instances;
const redeem = async (instanceId: string, customerId: string, sale: object = {}) => {
  const code = await wallet.codeFor(instanceId, customerId);
  const at = { merchantId: 'm-tea', storeId: 's-1', clerkId: 'k-1', orderAmountMinor: 5_000, items: [] };
  return (await wallet.benefits.redeemByCode({ requestId: code, code, ...at, ...sale })).redemptions[0]!;
};

it('takes a share of the sale off, at most the face value', async () => {
  const stockId = await open('percent', { kind: 'percent_discount', percentBasisPoints: 1_250, perCustomerLimit: 0 });
  const [first, second] = [await claim(stockId, 'c', 'p-1'), await claim(stockId, 'c', 'p-2')];
  const use = (answer: typeof first, orderAmountMinor: number) =>
    redeem(answer.instance!.instanceId, 'c', { orderAmountMinor });
  expect((await use(first, 4_001)).amountMinor).toBe(500);
  expect((await use(second, 100_000)).amountMinor).toBe(800);
});

it('hands a gift over whatever the sale, and only at its stores', async () => {
  const stockId = await open('gift', { kind: 'physical_gift', storeIds: ['s-gifts'] });
  const { instance } = await claim(stockId, 'c-gift');
  await expect(redeem(instance!.instanceId, 'c-gift')).rejects.toMatchObject({ reason: 'STORE_NOT_IN_SCOPE' });
  const redemption = await redeem(instance!.instanceId, 'c-gift', { storeId: 's-gifts', orderAmountMinor: 0 });
  expect(redemption.amountMinor).toBe(800);
});

it('credits points with the claim', async () => {
  const stockId = await open('points', { kind: 'points', currency: 'PTS', faceValueMinor: 120, isTransferable: false });
  const { instance } = await claim(stockId, 'c-points');
  expect(instance).toMatchObject({ state: 'redeemed', remainingMinor: 0 });
  const points = wallet.service.client(PointsServiceService);
  await eventually(async () => {
    expect((await points.getPointsBalance({ customerId: 'c-points' })).points).toBe(120);
  });
});

it('gives one code of the pool to each claim, and refuses when none is left', async () => {
  const pools = wallet.service.client(CodePoolsServiceService);
  await putPool(pools, 'films');
  await importCodes(pools, 'films', ['code', ...Array.from({ length: 20 }, (_, i) => `FILM-${1000 + i}`)].join('\n'));
  const stockId = await open('films', {
    kind: 'third_party_code',
    poolId: 'films',
    totalLimit: 100,
    isTransferable: false,
  });
  const outcomes = await tally(Array.from({ length: 40 }, (_, i) => claim(stockId, `viewer-${i}`)));
  expect(outcomes).toEqual({ done: 20, CODE_POOL_EMPTY: 20 });
  // A bundle of what is left goes without the code; a whole one is refused.
  const plain = await open('popcorn');
  const bundle = { kind: 'bundle' as const, bundleStockIds: [stockId, plain], isTransferable: false };
  const evening = await open('evening', { ...bundle, isBundleWhole: true });
  await expect(claim(evening, 'c-evening')).rejects.toMatchObject({ reason: 'CODE_POOL_EMPTY' });
  await claim(await open('some-evening', bundle), 'c-evening');
  const parts = (await walletOf('c-evening')).filter(({ fromInstanceId }) => fromInstanceId !== '');
  expect(parts.map(({ stockId: part }) => part)).toEqual([plain]);
});

it('opens a bundle of two codes of one pool with as many as the pool has', async () => {
  const pools = wallet.service.client(CodePoolsServiceService);
  await putPool(pools, 'pair', { providerId: 'theatre' });
  await importCodes(pools, 'pair', ['code', 'SEAT-1'].join('\n'));
  const terms = { kind: 'third_party_code' as const, poolId: 'pair', isTransferable: false };
  const seats = [await open('seat-a', terms), await open('seat-b', terms)];
  const bundle = { kind: 'bundle' as const, bundleStockIds: seats, isTransferable: false };
  const whole = await open('both-seats', { ...bundle, isBundleWhole: true });
  await expect(claim(whole, 'c-seats')).rejects.toMatchObject({ reason: 'CODE_POOL_EMPTY' });
  await claim(await open('some-seats', bundle), 'c-seats');
  const parts = (await walletOf('c-seats')).filter(({ fromInstanceId }) => fromInstanceId !== '');
  expect(parts.map(({ stockId }) => stockId)).toEqual([seats[0]]);
});

it('opens a bundle into its parts: all of them, or what is left', async () => {
  const rare = await open('rare', { totalLimit: 1 });
  const plenty = await open('plenty', { kind: 'amount_discount' });
  const bundle = { kind: 'bundle' as const, bundleStockIds: [rare, plenty], isTransferable: false };
  const whole = await open('whole', { ...bundle, isBundleWhole: true });
  const partial = await open('partial', bundle);
  const { instance } = await claim(whole, 'c-whole');
  const own = (await walletOf('c-whole')).filter(({ fromInstanceId }) => fromInstanceId === instance!.instanceId);
  expect(own.map(({ stockId }) => stockId).sort()).toEqual([plenty, rare]);
  await expect(claim(whole, 'c-late')).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
  expect(await walletOf('c-late')).toEqual([]);
  await claim(partial, 'c-late');
  expect((await walletOf('c-late')).map(({ stockId }) => stockId).sort()).toEqual([partial, plenty]);
  const again = await claim(whole, 'c-whole');
  expect(again).toMatchObject({ isRepeat: true, instance: { instanceId: instance!.instanceId } });
  // All that was left of it was taken by hand before.
  await expect(claim(partial, 'c-whole')).rejects.toMatchObject({ reason: 'BUNDLE_EMPTY' });
});

it('says of a bundle of which nothing can be had today, or while a part is paused, that this passes', async () => {
  const gone = await open('gone-part', { totalLimit: 1 });
  const daily = await open('daily-part', { dailyLimit: 1 });
  for (const part of [gone, daily]) await claim(part, 'c-early');
  const bundle = { kind: 'bundle' as const, isTransferable: false };
  const today = await open('today', { ...bundle, bundleStockIds: [gone, daily] });
  await expect(claim(today, 'c-today')).rejects.toMatchObject({ reason: 'DAILY_LIMIT_REACHED' });
  const paused = await open('paused-part');
  await wallet.benefits.setStockState({ requestId: 'pause-part', stockId: paused, state: 'paused' });
  const resting = await open('resting', { ...bundle, bundleStockIds: [gone, paused] });
  await expect(claim(resting, 'c-resting')).rejects.toMatchObject({ reason: 'STOCK_PAUSED' });
  expect(await walletOf('c-resting')).toEqual([]);
});

it('opens a whole bundle again as soon as the part that was sold out has one again', async () => {
  const part = await open('scarce', { totalLimit: 2 });
  const bundle = { kind: 'bundle' as const, bundleStockIds: [part], isTransferable: false, isBundleWhole: true };
  const whole = await open('scarce-whole', bundle);
  const held = await Promise.all(['early-1', 'early-2'].map((customerId) => claim(part, customerId)));
  await expect(claim(whole, 'waiting')).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
  for (const { instance } of held) {
    const { instanceId } = instance!;
    await wallet.benefits.voidInstance({ requestId: `void-${instanceId}`, instanceId, reason: 'mistake' });
  }
  // Whoever gets one of the part tells that the news is there.
  await eventually(() => claim(part, 'next'));
  expect((await claim(whole, 'waiting')).instance).toMatchObject({ stockId: whole });
});

it('never promises more than the budget', async () => {
  const stockId = await open('budget', { budgetMinor: 800 * 7 + 799, totalLimit: 100 });
  const outcomes = await tally(Array.from({ length: 30 }, (_, i) => claim(stockId, `b-${i}`)));
  expect(outcomes).toEqual({ done: 7, BUDGET_EXHAUSTED: 23 });
});

it('counts a natural person under all his ids, by claim, gift and transfer, in both directions', async () => {
  for (const customerId of ['id-1', 'id-2', 'id-3']) {
    await wallet.benefits.linkPerson({ requestId: `link-${customerId}`, customerId, personId: 'p-1' });
  }
  const stockId = await open('person', { naturalPersonLimit: 1, perCustomerLimit: 2 });
  const outcomes = await tally(['id-1', 'id-2', 'id-3'].map((customerId) => claim(stockId, customerId)));
  expect(outcomes).toEqual({ done: 1, PERSON_LIMIT_REACHED: 2 });
  const { instance: other } = await claim(stockId, 'somebody');
  const pass = { requestId: 'pass', instanceId: other!.instanceId, customerId: 'somebody', toCustomerId: 'id-2' };
  await expect(wallet.benefits.transferBenefit(pass)).rejects.toMatchObject({ reason: 'PERSON_LIMIT_REACHED' });

  const holders = await Promise.all(['id-1', 'id-2', 'id-3'].map(walletOf));
  const held = holders.flat().find((each) => each.stockId === stockId)!;
  await wallet.benefits.voidInstance({ requestId: 'void', instanceId: held.instanceId, reason: 'mistake' });
  expect((await wallet.benefits.transferBenefit(pass)).instance).toMatchObject({ customerId: 'id-2' });
});

it('pauses, opens again and closes for good', async () => {
  const stockId = await open('paused', { perCustomerLimit: 0 });
  const set = (state: string) =>
    wallet.benefits.setStockState({ requestId: `set-${state}-${Math.random()}`, stockId, state });
  const reason = (customerId: string) =>
    claim(stockId, customerId, `${customerId}-${Math.random()}`).then(
      () => 'done',
      (error: { reason: string }) => error.reason,
    );
  await set('paused');
  await eventually(async () => expect(await reason('a')).toBe('STOCK_PAUSED'));
  expect((await set('open')).stock).toMatchObject({ state: 'open', claimedCount: 0 });
  await eventually(async () => expect(await reason('b')).toBe('done'));
  expect((await set('closed')).stock).toMatchObject({ state: 'closed', claimedCount: 1 });
  await eventually(async () => expect(await reason('c')).toBe('STOCK_CLOSED'));
  await expect(set('open')).rejects.toMatchObject({ reason: 'STOCK_CLOSED' });
});

it('refuses terms that do not fit together, by field', async () => {
  const fieldsOf = (overrides: Partial<Stock>) =>
    open('unfit', overrides).then(
      () => [],
      (error: { violations: { field: string }[] }) => error.violations.map(({ field }) => field),
    );
  expect(await fieldsOf({ kind: 'percent_discount' })).toEqual(['stock.percentBasisPoints']);
  expect(await fieldsOf({ kind: 'third_party_code' })).toEqual(['stock.poolId', 'stock.isTransferable']);
  expect(await fieldsOf({ kind: 'bundle', isTransferable: false })).toEqual(['stock.bundleStockIds']);
  expect(await fieldsOf({ kind: 'points' })).toEqual(['stock.currency', 'stock.isTransferable']);
  expect(await fieldsOf({ bundleStockIds: ['x'] })).toEqual(['stock.bundleStockIds']);
  const missing = { kind: 'bundle' as const, isTransferable: false, bundleStockIds: ['nowhere'] };
  expect(await fieldsOf(missing)).toEqual(['stock.bundleStockIds.0']);
  expect(
    await fieldsOf({ redeemWindow: { weekdays: [8], from: '9', to: '', afterDays: 0, blockedDates: [] } }),
  ).toEqual(expect.arrayContaining(['stock.redeemWindow.weekdays', 'stock.redeemWindow.from']));
  const noDay = { weekdays: [], from: '', to: '', afterDays: 0, blockedDates: ['2026-02-30'] };
  expect(await fieldsOf({ redeemWindow: noDay })).toEqual(['stock.redeemWindow.blockedDates']);
  const never = { weekdays: [], from: '09:00', to: '09:00', afterDays: 0, blockedDates: [] };
  expect(await fieldsOf({ redeemWindow: never })).toEqual(['stock.redeemWindow.to']);
  const placed = { kind: 'third_party_code' as const, poolId: 'codes', isTransferable: false, storeIds: ['s'] };
  expect(await fieldsOf(placed)).toEqual(['stock.storeIds']);
});
