import { OnboardingServiceService } from '@tidegate/contracts/merchants/v1/onboarding';
import { aMerchant } from '../../testing/merchants.factory';
import { newRequestId, seedMerchant, startMerchants, type MerchantsHarness } from '../../testing/merchants.harness';

// Goal: a merchant works only after another person than its maker reviewed and activated it, and its history says who.

let harness: MerchantsHarness;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
});
afterAll(() => harness?.stop());

const tea = aMerchant({ merchantId: 'tea-house', orgPath: 'hq/east' });
const maker = { id: 'maker', orgPath: 'hq/east' };
const checker = { id: 'checker', orgPath: 'hq/east' };
const move = (comment = '') => ({ requestId: newRequestId(), merchantId: 'tea-house', comment });
const onboarding = (actor: object) => harness.clientOf(OnboardingServiceService, actor);

it('goes from draft to active by two persons, is suspended, and is reviewed again when its account changes', async () => {
  await harness.client(maker).putMerchant({ requestId: newRequestId(), merchant: tea });
  await expect(onboarding(maker).reviewMerchant(move())).rejects.toMatchObject({
    code: 'PERMISSION_DENIED',
    reason: 'REVIEWER_IS_MAKER',
  });
  await expect(onboarding(checker).activateMerchant(move())).rejects.toMatchObject({
    reason: 'MERCHANT_MOVE_NOT_ALLOWED',
  });
  await onboarding(checker).reviewMerchant(move('seen the licence'));
  await expect(onboarding(maker).activateMerchant(move())).rejects.toMatchObject({ reason: 'REVIEWER_IS_MAKER' });
  const activation = move();
  const { merchant } = await onboarding(checker).activateMerchant(activation);
  expect(merchant).toMatchObject({ state: 'active', madeBy: 'maker', reviewedBy: 'checker' });
  expect((await onboarding(checker).activateMerchant(activation)).merchant).toEqual(merchant);

  const changed = { ...tea, settlementAccount: '6222-9999' };
  const put = () => harness.client(maker).putMerchant({ requestId: newRequestId(), merchant: changed });
  await expect(put()).rejects.toMatchObject({ reason: 'MERCHANT_CHANGE_NEEDS_REVIEW' });
  await expect(onboarding(maker).suspendMerchant(move())).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  await onboarding(maker).suspendMerchant(move('new account'));
  expect((await put()).merchant).toMatchObject({ state: 'draft', reviewedBy: '' });

  const list = (pageSize: number, pageToken = '') =>
    onboarding(checker).listMerchantChanges({ merchantId: 'tea-house', pageSize, pageToken });
  const first = await list(3);
  const second = await list(3, first.nextPageToken);
  expect([...first.changes, ...second.changes].map((line) => [line.move, line.toState, line.actorId])).toEqual([
    ['put', 'draft', 'maker'],
    ['suspend', 'suspended', 'maker'],
    ['activate', 'active', 'checker'],
    ['review', 'reviewed', 'checker'],
    ['put', 'draft', 'maker'],
  ]);
  expect(second.changes[0]).toMatchObject({ comment: 'seen the licence', fromState: 'draft' });
});

it('refuses a review of an account that was changed since it was looked at', async () => {
  const cake = aMerchant({ merchantId: 'cake-house' });
  const put = (settlementAccount: string) =>
    harness.client(maker).putMerchant({ requestId: newRequestId(), merchant: { ...cake, settlementAccount } });
  await put('6222-0001');
  await put('6222-0666');
  const review = (settlementAccount: string, orgPath = 'hq/east') =>
    onboarding(checker).reviewMerchant({ ...move(), merchantId: 'cake-house', settlementAccount, orgPath });
  const changed = { code: 'FAILED_PRECONDITION', reason: 'MERCHANT_CHANGED' };
  await expect(review('6222-0001')).rejects.toMatchObject(changed);
  await expect(review('6222-0666', 'hq/west')).rejects.toMatchObject(changed);
  expect((await review('6222-0666')).merchant?.state).toBe('reviewed');
});

it('is for staff of its organisation', async () => {
  const west = { id: 'west', orgPath: 'hq/west' };
  for (const call of [
    onboarding(west).reviewMerchant(move()),
    onboarding(west).suspendMerchant(move('x')),
    onboarding(west).listMerchantChanges({ merchantId: 'tea-house', pageSize: 0, pageToken: '' }),
  ]) {
    await expect(call).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  }
  const nobody = { ...move(), merchantId: 'nobody' };
  await expect(onboarding(checker).reviewMerchant(nobody)).rejects.toMatchObject({ reason: 'MERCHANT_NOT_FOUND' });
  await expect(
    onboarding({ kind: 'merchant', id: 'tea-house', orgPath: '' }).reviewMerchant(move()),
  ).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
});
