import { startWallet, tally, type WalletFixture } from '../../testing/wallet.fixture';
import { SweepExpiredUseCase } from '../sweep-expired/sweep-expired.use-case';

// Goal: a gift is taken once or comes back, and its value goes with it.

let wallet: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
});
afterAll(() => wallet?.service.stop());
afterEach(async () => expect(await wallet.trialBalance()).toBe(0));

const accept = (
  gift: { giftId: string; token: string },
  customerId: string,
  requestId = `${gift.giftId}-${customerId}`,
) => wallet.benefits.acceptGift({ requestId, giftId: gift.giftId, token: gift.token, customerId });

it('goes to one of 30 who hold the link', async () => {
  const instanceId = await wallet.claimOne('giver');
  const gift = await wallet.benefits.offerGift({ requestId: 'offer-1', instanceId, customerId: 'giver' });
  const outcomes = await tally(Array.from({ length: 30 }, (_, index) => accept(gift, `taker-${index}`)));
  expect(outcomes).toEqual({ done: 1, GIFT_TAKEN: 29 });
  const received = `gift-${gift.giftId}`;
  const { instance } = await wallet.benefits.getInstance({ instanceId: received });
  const taker = expect.stringMatching(/^taker-/) as string;
  expect(instance).toMatchObject({ state: 'issued', customerId: taker, fromInstanceId: instanceId });
  const given = (await wallet.benefits.getInstance({ instanceId })).instance;
  expect(given).toMatchObject({ state: 'transferred', customerId: 'giver', remainingMinor: 0 });
  expect(await wallet.balance('customer:giver')).toBe(0);
  expect(await wallet.balance(`customer:${instance!.customerId}`)).toBe(-800);
  const again = await accept(gift, instance!.customerId);
  expect(again.instance?.instanceId).toBe(received);
});

it('cannot be redeemed by the giver with a code from before', async () => {
  const instanceId = await wallet.claimOne('sly');
  const code = await wallet.codeFor(instanceId, 'sly');
  const gift = await wallet.benefits.offerGift({ requestId: 'offer-sly', instanceId, customerId: 'sly' });
  await accept(gift, 'taker');
  const sale = { merchantId: 'm-tea', storeId: 's-1', clerkId: 'k-1', orderAmountMinor: 5_000, items: [] };
  await expect(wallet.benefits.redeemByCode({ requestId: 'sly', code, ...sale })).rejects.toMatchObject({
    reason: 'INSTANCE_NOT_AVAILABLE',
  });
  const own = await wallet.codeFor(`gift-${gift.giftId}`, 'taker');
  const { redemption } = await wallet.benefits.redeemByCode({ requestId: 'taker', code: own, ...sale });
  expect(redemption?.customerId).toBe('taker');
});

it('refuses a wrong token, the giver himself, a taker at his limit and what cannot be given', async () => {
  const instanceId = await wallet.claimOne('giver-2');
  const gift = await wallet.benefits.offerGift({ requestId: 'offer-2', instanceId, customerId: 'giver-2' });
  await expect(accept({ ...gift, token: gift.token.replace(/./g, 'A') }, 'x')).rejects.toMatchObject({
    reason: 'GIFT_NOT_FOUND',
  });
  await expect(accept(gift, 'giver-2')).rejects.toMatchObject({ reason: 'GIFT_TO_SELF' });
  const { stockId } = (await wallet.benefits.getInstance({ instanceId })).instance!;
  await wallet.benefits.claimBenefit({ requestId: 'has-one', stockId, customerId: 'has-one', decisionId: '' });
  await expect(accept(gift, 'has-one')).rejects.toMatchObject({ reason: 'CUSTOMER_LIMIT_REACHED' });
  const fixed = await wallet.claimOne('giver-3', { isTransferable: false });
  await expect(
    wallet.benefits.offerGift({ requestId: 'offer-3', instanceId: fixed, customerId: 'giver-3' }),
  ).rejects.toMatchObject({ reason: 'NOT_TRANSFERABLE' });
});

it('comes back when taken back or when its time is over, against a taker in a race', async () => {
  const instanceId = await wallet.claimOne('giver-4');
  const gift = await wallet.benefits.offerGift({ requestId: 'offer-4', instanceId, customerId: 'giver-4' });
  const outcomes = await tally([
    wallet.benefits.cancelGift({ requestId: 'cancel-4', giftId: gift.giftId, customerId: 'giver-4' }),
    accept(gift, 'racer'),
  ]);
  expect(outcomes.done).toBe(1);

  const second = await wallet.claimOne('giver-5');
  const late = await wallet.benefits.offerGift({ requestId: 'offer-5', instanceId: second, customerId: 'giver-5' });
  wallet.clock.advance(24 * 3600 * 1000);
  await expect(accept(late, 'too-late')).rejects.toMatchObject({ reason: 'GIFT_EXPIRED' });
  await wallet.service.app.get(SweepExpiredUseCase).execute();
  expect((await wallet.benefits.getInstance({ instanceId: second })).instance).toMatchObject({
    state: 'issued',
    customerId: 'giver-5',
  });
});
