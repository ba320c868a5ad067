import { GiftsServiceService } from '@tidegate/contracts/benefits/v1/gifts';
import { startWallet, type WalletFixture } from '../../testing/wallet.fixture';

// Goal: whoever lost what his phone knew of a gift learns it again, and nobody else does.

let wallet: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
});
afterAll(() => wallet?.service.stop());

const giftsOf = (customerId: string, pageToken = '', pageSize = 0) =>
  wallet.service
    .client(GiftsServiceService, { kind: 'customer', id: customerId })
    .listOpenGifts({ customerId, pageSize, pageToken });
const offer = async (customerId: string) => {
  const instanceId = await wallet.claimOne(customerId);
  const gift = await wallet.benefits.offerGift({ requestId: `offer-${instanceId}`, instanceId, customerId });
  return { ...gift, instanceId };
};

it('shows a customer his open gifts, newest first, with what he needs to pass them on and to take them back', async () => {
  const offered = [];
  for (let index = 0; index < 4; index += 1) offered.unshift(await offer('giver'));
  await offer('somebody');
  const first = await giftsOf('giver', '', 3);
  const rest = await giftsOf('giver', first.nextPageToken, 3);
  const found = [...first.gifts, ...rest.gifts];
  expect(found).toMatchObject(offered);
  expect(rest.nextPageToken).toBe('');
  const [lost, passed] = found;
  await wallet.benefits.cancelGift({ requestId: 'back', giftId: lost!.giftId, customerId: 'giver' });
  const { giftId, token } = passed!;
  await wallet.benefits.acceptGift({ requestId: 'taken', giftId, token, customerId: 'taker' });
  expect((await giftsOf('giver')).gifts.map((gift) => gift.giftId)).toEqual(found.slice(2).map((gift) => gift.giftId));
  wallet.clock.advance(24 * 3_600_000);
  expect((await giftsOf('giver')).gifts).toEqual([]);
});

it('tells the secret of a link to nobody but the giver', async () => {
  const page = { customerId: 'giver', pageSize: 0, pageToken: '' };
  const callers = [
    { kind: 'customer', id: 'other' },
    { kind: 'staff', orgPath: 'hq' },
  ] as const;
  for (const caller of callers) {
    const asked = wallet.service.client(GiftsServiceService, caller).listOpenGifts(page);
    await expect(asked).rejects.toMatchObject({ reason: 'NOT_YOURS' });
  }
});
