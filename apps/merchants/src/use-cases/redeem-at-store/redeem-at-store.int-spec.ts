import { aClerk, aStore } from '../../testing/merchants.factory';
import {
  newRequestId,
  seedMerchant,
  startMerchants,
  suspend,
  type MerchantsHarness,
} from '../../testing/merchants.harness';

// Goal: only an active clerk at an open store of the calling merchant reaches the wallet, with the same request id.

let harness: MerchantsHarness;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
});
afterAll(() => harness?.stop());
beforeEach(() => {
  harness.benefits.redeemed.length = 0;
});

const till = { kind: 'merchant' as const, id: 'noodle-bar' };
const request = (overrides = {}) => ({
  requestId: newRequestId(),
  code: '123456',
  merchantId: 'noodle-bar',
  storeId: 'noodle-bar-1',
  clerkId: 'li-wei',
  orderAmountMinor: 5_000,
  items: [],
  ...overrides,
});

it('redeems and holds with the request as it came', async () => {
  const redeem = request();
  const { redemption } = await harness.client(till).redeemAtStore(redeem);
  expect(redemption).toMatchObject({
    redemptionId: `r-${redeem.requestId}`,
    storeId: 'noodle-bar-1',
    clerkId: 'li-wei',
  });
  const hold = request();
  expect((await harness.client(till).holdAtStore(hold)).holdId).toBe(`hold-${hold.requestId}`);
  expect(harness.benefits.redeemed).toEqual([redeem, hold]);
});

it('passes a repeat on, so that the wallet answers it', async () => {
  const redeem = request();
  const answers = [await harness.client(till).redeemAtStore(redeem), await harness.client(till).redeemAtStore(redeem)];
  expect(answers[0]).toEqual(answers[1]);
  expect(harness.benefits.redeemed.map(({ requestId }) => requestId)).toEqual([redeem.requestId, redeem.requestId]);
});

it('hands the wallet’s refusal through', async () => {
  await expect(harness.client(till).redeemAtStore(request({ code: 'stale' }))).rejects.toMatchObject({
    code: 'FAILED_PRECONDITION',
    reason: 'CODE_STALE',
  });
});

it('refuses another merchant’s till, wrong places and bad input without asking the wallet', async () => {
  const other = harness.client({ kind: 'merchant', id: 'tea-house' });
  await expect(other.redeemAtStore(request())).rejects.toMatchObject({ reason: 'MERCHANT_OUT_OF_SCOPE' });
  const west = harness.client({ kind: 'staff', orgPath: 'hq/west' });
  await expect(west.holdAtStore(request())).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  const own = harness.client(till);
  const service = harness.client({ kind: 'service', id: 'gateway' });
  await expect(service.redeemAtStore(request({ merchantId: 'nobody' }))).rejects.toMatchObject({
    reason: 'MERCHANT_NOT_FOUND',
  });
  await expect(own.redeemAtStore(request({ storeId: 'nowhere' }))).rejects.toMatchObject({ reason: 'STORE_NOT_FOUND' });
  await expect(own.redeemAtStore(request({ clerkId: 'nobody' }))).rejects.toMatchObject({ reason: 'CLERK_NOT_FOUND' });
  await expect(own.redeemAtStore(request({ orderAmountMinor: -1 }))).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
  });
  expect(harness.benefits.redeemed).toEqual([]);
});

it('tells a repeat what it did, though the store has closed and the clerk has left, and does nothing new', async () => {
  const [admin, own] = [harness.client(), harness.client(till)];
  const [sale, hold] = [request(), request()];
  const redeemed = await own.redeemAtStore(sale);
  const held = await own.holdAtStore(hold);
  const before = harness.benefits.redeemed.length;
  await admin.putStore({ requestId: newRequestId(), store: aStore({ isOpen: false }) });
  await admin.putClerk({ requestId: newRequestId(), clerk: aClerk({ isActive: false }) });
  expect(await own.redeemAtStore(sale)).toEqual(redeemed);
  expect(await own.holdAtStore(hold)).toEqual(held);
  await expect(own.redeemAtStore(request())).rejects.toMatchObject({ reason: 'STORE_CLOSED' });
  await expect(own.holdAtStore(request())).rejects.toMatchObject({ reason: 'STORE_CLOSED' });
  expect(harness.benefits.redeemed).toHaveLength(before);
  await admin.putStore({ requestId: newRequestId(), store: aStore() });
  await admin.putClerk({ requestId: newRequestId(), clerk: aClerk() });
});

it('holds a change of store, clerk and merchant at once', async () => {
  const [admin, own] = [harness.client(), harness.client(till)];
  const refusedWith = (reason: string) => expect(own.redeemAtStore(request())).rejects.toMatchObject({ reason });

  await admin.putClerk({ requestId: newRequestId(), clerk: aClerk({ isActive: false }) });
  await refusedWith('CLERK_INACTIVE');
  // It is noon of a Sunday in Shanghai.
  const hours = [{ weekday: 7, opensMinute: 13 * 60, closesMinute: 20 * 60 }];
  await admin.putStore({ requestId: newRequestId(), store: aStore({ openingHours: hours }) });
  await refusedWith('STORE_CLOSED');
  await admin.putStore({ requestId: newRequestId(), store: aStore({ isOpen: false }) });
  await refusedWith('STORE_CLOSED');
  await suspend(harness, 'noodle-bar');
  await refusedWith('MERCHANT_SUSPENDED');
  expect(harness.benefits.redeemed).toEqual([]);
});
