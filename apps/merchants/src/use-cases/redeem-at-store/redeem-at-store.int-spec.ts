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

it('redeems and holds with the request as it came, and the outlet of the store', async () => {
  const redeem = request();
  const { redemption } = await harness.client(till).redeemAtStore(redeem);
  expect(redemption).toMatchObject({
    redemptionId: `r-${redeem.requestId}`,
    storeId: 'noodle-bar-1',
    clerkId: 'li-wei',
  });
  const hold = request();
  expect((await harness.client(till).holdAtStore(hold)).holdId).toBe(`hold-${hold.requestId}`);
  const place = { outletPath: 'hq/east' };
  expect(harness.benefits.redeemed).toEqual([
    { ...redeem, ...place },
    { ...hold, ...place },
  ]);
});

it('names the outlet that looks after the store, which is one of its merchant’s', async () => {
  const [admin, own] = [harness.client(), harness.client(till)];
  const put = (outletPath: string) => admin.putStore({ requestId: newRequestId(), store: aStore({ outletPath }) });
  await expect(put('hq/west')).rejects.toMatchObject({ reason: 'OUTLET_NOT_OF_MERCHANT' });
  await expect(put('hq/east/nowhere')).rejects.toMatchObject({ reason: 'ORG_UNIT_NOT_FOUND' });
  await expect(put('hq//east')).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  for (const orgPath of ['hq/east/river', 'hq/east/river/outlet-1'])
    await admin.putOrgUnit({ requestId: newRequestId(), orgUnit: { orgPath, name: orgPath, kind: '' } });
  const outletPath = 'hq/east/river/outlet-1';
  expect((await put(outletPath)).store).toMatchObject({ outletPath });
  await own.redeemAtStore(request());
  await own.holdAtStore(request());
  await own.validateAtStore(request());
  expect(harness.benefits.redeemed).toMatchObject([{ outletPath }, { outletPath }]);
  expect(harness.benefits.validated).toMatchObject([{ outletPath }]);
  await put('');
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

it('wants the till to be at the store, in every step, and tells a repeat from elsewhere what it did', async () => {
  const [admin, own] = [harness.client(), harness.client(till)];
  const here = { longitude: aStore().longitude, latitude: aStore().latitude };
  const far = { ...here, latitude: here.latitude + 0.01 };
  const sale = request({ place: here });
  const redeemed = await own.redeemAtStore(sale);
  expect(await own.redeemAtStore({ ...sale, place: far })).toEqual(redeemed);
  const before = harness.benefits.redeemed.length;
  const back = { requestId: newRequestId(), redemptionId: 'r-1', merchantId: 'noodle-bar', reason: 'x' };
  const reverse = { ...back, storeId: 'noodle-bar-1', clerkId: 'li-wei' };
  const everyStep = (overrides: object) => [
    own.redeemAtStore(request(overrides)),
    own.holdAtStore(request(overrides)),
    own.validateAtStore(request(overrides)),
    own.reverseAtStore({ ...reverse, ...overrides }),
  ];
  const metadata = { distanceMeters: '1112', radiusMeters: '500' };
  for (const step of everyStep({ place: far }))
    await expect(step).rejects.toMatchObject({ reason: 'TILL_TOO_FAR', metadata });
  await admin.putStore({ requestId: newRequestId(), store: aStore({ tillRadiusMeters: 2_000 }) });
  for (const step of everyStep({})) await expect(step).rejects.toMatchObject({ reason: 'TILL_PLACE_MISSING' });
  const nowhere = { place: { longitude: 181, latitude: 0 } };
  for (const step of everyStep(nowhere)) await expect(step).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  expect(harness.benefits.redeemed).toHaveLength(before);
  await own.redeemAtStore(request({ place: far }));
  await admin.putStore({ requestId: newRequestId(), store: aStore() });
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
