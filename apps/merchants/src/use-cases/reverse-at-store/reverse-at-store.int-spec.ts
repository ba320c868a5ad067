import { aClerk, aStore } from '../../testing/merchants.factory';
import { newRequestId, seedMerchant, startMerchants, type MerchantsHarness } from '../../testing/merchants.harness';

// Goal: who takes a redemption back, and where, is an active clerk at an open store of the calling merchant, and goes to the wallet.

let harness: MerchantsHarness;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
});
afterAll(() => harness?.stop());

const till = { kind: 'merchant' as const, id: 'noodle-bar' };
const request = (overrides = {}) => ({
  requestId: newRequestId(),
  redemptionId: 'r-1',
  merchantId: 'noodle-bar',
  storeId: 'noodle-bar-1',
  clerkId: 'li-wei',
  reason: 'wrong item',
  ...overrides,
});

it('takes a redemption back with clerk and store', async () => {
  const { reversal } = await harness.client(till).reverseAtStore(request());
  expect(reversal).toMatchObject({ redemptionId: 'r-1', storeId: 'noodle-bar-1', clerkId: 'li-wei' });
});

it('refuses another merchant’s till, wrong places and bad input without asking the wallet', async () => {
  const before = harness.benefits.reversals.size;
  const refusedWith = (reason: string, overrides: object, actor: Parameters<typeof harness.client>[0] = till) =>
    expect(harness.client(actor).reverseAtStore(request(overrides))).rejects.toMatchObject({ reason });
  await refusedWith('MERCHANT_OUT_OF_SCOPE', {}, { kind: 'merchant', id: 'tea-house' });
  await refusedWith('ORG_OUT_OF_SCOPE', {}, { kind: 'staff', orgPath: 'hq/west' });
  await refusedWith('STORE_NOT_FOUND', { storeId: 'nowhere' });
  await refusedWith('CLERK_NOT_FOUND', { clerkId: 'nobody' });
  await refusedWith('VALIDATION_FAILED', { clerkId: '' });
  await refusedWith('VALIDATION_FAILED', { reason: '' });
  expect(harness.benefits.reversals.size).toBe(before);
});

it('tells a repeat what it did, though the store has closed and the clerk has left, and does nothing new', async () => {
  const [admin, own] = [harness.client(), harness.client(till)];
  const first = request();
  const told = await own.reverseAtStore(first);
  await admin.putStore({ requestId: newRequestId(), store: aStore({ isOpen: false }) });
  await admin.putClerk({ requestId: newRequestId(), clerk: aClerk({ isActive: false }) });
  expect(await own.reverseAtStore(first)).toEqual(told);
  await expect(own.reverseAtStore(request())).rejects.toMatchObject({ reason: 'STORE_CLOSED' });
});
