import type { ListWalletResponse, WalletGroup } from '@tidegate/contracts/benefits/v1/benefits';
import { WALLET_COUNT_MAX } from '../../repositories/instance.repository';
import { startWallet, type WalletFixture } from '../../testing/wallet.fixture';

// Goal: one call shows where every benefit of a customer is; each is shown once, also over pages.

const DAY_SECONDS = 24 * 3_600;
let wallet: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
});
afterAll(() => wallet?.service.stop());

const list = (customerId: string, group: string, pageSize = 0, pageToken = '') =>
  wallet.benefits.listWallet({ customerId, group, state: '', pageSize, pageToken });
const idsOf = ({ items }: WalletGroup): string[] => items.map(({ instance }) => instance!.instanceId);

it('shows every group with its count, its value and its countdown', async () => {
  const claim = (validForSeconds: number, overrides = {}) =>
    wallet.claimOne('ann', { validForSeconds, faceValueMinor: 500, ...overrides });
  const [late, soon] = [await claim(9 * DAY_SECONDS), await claim(2 * DAY_SECONDS)];
  const held = await claim(3 * DAY_SECONDS);
  const till = { merchantId: 'm', storeId: 's', clerkId: 'k', orderAmountMinor: 2_000, items: [] };
  await wallet.benefits.holdBenefit({ requestId: 'hold', code: await wallet.codeFor(held, 'ann'), ...till });
  const gift = await claim(4 * DAY_SECONDS);
  await wallet.benefits.offerGift({ requestId: 'gift', instanceId: gift, customerId: 'ann' });
  const redeemed = await claim(5 * DAY_SECONDS);
  await wallet.benefits.redeemByCode({ requestId: 'use', code: await wallet.codeFor(redeemed, 'ann'), ...till });
  const given = await claim(6 * DAY_SECONDS);
  await wallet.benefits.transferBenefit({
    requestId: 'give',
    instanceId: given,
    customerId: 'ann',
    toCustomerId: 'bob',
  });
  const voided = await claim(7 * DAY_SECONDS);
  await wallet.benefits.voidInstance({ requestId: 'void', instanceId: voided, reason: 'a mistake' });

  const { groups, instances, serverTime } = await list('ann', 'all');
  expect(instances).toEqual([]);
  expect(serverTime).toEqual(wallet.clock.now());
  expect(groups.map((group) => [group.group, group.count, idsOf(group)])).toEqual([
    ['available', 2, [soon, late]],
    ['held', 1, [held]],
    ['on_way', 1, [gift]],
    ['used', 2, [given, redeemed]],
    ['expired', 1, [voided]],
  ]);
  expect(groups.map(({ values }) => values)).toEqual([
    [{ currency: 'CNY', amountMinor: 1_000 }],
    ...[1, 1].map(() => [{ currency: 'CNY', amountMinor: 500 }]),
    [{ currency: 'CNY', amountMinor: 1_000 }],
    [{ currency: 'CNY', amountMinor: 500 }],
  ]);
  expect(groups[0]!.items.map(({ expiresInSeconds }) => expiresInSeconds)).toEqual([2 * DAY_SECONDS, 9 * DAY_SECONDS]);
  expect(groups[3]!.items.map(({ expiresInSeconds }) => expiresInSeconds)).toEqual([0, 0]);
});

it('counts an opened bundle and credited points as used without a value: theirs is in the parts and in the account', async () => {
  const part = (await wallet.benefits.getInstance({ instanceId: await wallet.claimOne('ben') })).instance!.stockId;
  const opened = { kind: 'bundle' as const, bundleStockIds: [part], faceValueMinor: 800, isTransferable: false };
  await wallet.claimOne('fay', opened);
  await wallet.claimOne('fay', { kind: 'points', currency: 'PTS', faceValueMinor: 50, isTransferable: false });
  const { groups } = await list('fay', 'all');
  expect(groups.filter(({ count }) => count > 0).map(({ group, count, values }) => [group, count, values])).toEqual([
    ['available', 1, [{ currency: 'CNY', amountMinor: 800 }]],
    ['used', 2, []],
  ]);
});

it('refuses a token of another group, a group there is not, and strangers', async () => {
  for (const number of [1, 2]) await wallet.claimOne('dee', { name: `stock ${number}` });
  const [available] = (await list('dee', 'all', 1)).groups;
  expect((await list('dee', 'available', 1, available!.nextPageToken)).groups[0]!.items).toHaveLength(1);
  for (const group of ['used', 'all']) {
    await expect(list('dee', group, 1, available!.nextPageToken)).rejects.toMatchObject({
      reason: 'PAGE_TOKEN_INVALID',
    });
  }
  const forged = Buffer.from(JSON.stringify(['someday', 'i', 'available'])).toString('base64url');
  await expect(list('dee', 'available', 1, forged)).rejects.toMatchObject({ reason: 'PAGE_TOKEN_INVALID' });
  await expect(list('dee', 'lost')).rejects.toMatchObject({ violations: [{ field: 'group' }] });
});

it('pages a group without missing or repeating one, whatever expires at the same moment', async () => {
  const stockId = 'many';
  const claimed: string[] = [];
  for (let number = 0; number < 7; number += 1) {
    claimed.push(await wallet.claimOne('cy', { validForSeconds: (1 + (number % 3)) * DAY_SECONDS, name: stockId }));
  }
  for (const [group, ended] of [
    ['available', false],
    ['expired', true],
  ] as const) {
    if (ended) wallet.clock.advance(30 * DAY_SECONDS * 1_000);
    const seen: string[] = [];
    const times: number[] = [];
    for (let pageToken = '', page = 0; page < 5; page += 1) {
      const [shown] = (await list('cy', group, 3, pageToken)).groups;
      expect([shown!.group, shown!.count]).toEqual([group, 7]);
      seen.push(...idsOf(shown!));
      times.push(...shown!.items.map(({ instance }) => instance!.expiresAt!.getTime() * (ended ? -1 : 1)));
      pageToken = shown!.nextPageToken;
      if (!pageToken) break;
    }
    expect([...seen].sort()).toEqual([...claimed].sort());
    expect(times).toEqual([...times].sort((a, b) => a - b));
  }
});

it('shows a benefit as expired from the very millisecond of its end', async () => {
  const ended = await wallet.claimOne('eve', { validForSeconds: 60, claimEndsAt: new Date('2100-01-01') });
  wallet.clock.advance(60_000);
  const { groups } = await list('eve', 'all');
  expect(groups.filter(({ count }) => count > 0).map((group) => [group.group, idsOf(group)])).toEqual([
    ['expired', [ended]],
  ]);
});

it('says when there are more than are counted, and shows the page of a group also when none of it is among those', async () => {
  const held = await wallet.claimOne('hal', { claimEndsAt: new Date('2100-01-01') });
  const instances = wallet.service.mongo.connection.collection<{ _id: string }>('instances');
  const own = (await instances.findOne({ _id: held }))!;
  const addExpired = (from: number, to: number) => {
    const numbers = Array.from({ length: to - from }, (_, index) => from + index);
    return instances.insertMany(numbers.map((number) => ({ ...own, _id: `hal-${number}`, state: 'expired' })));
  };
  const counted = ({ groups, countByState, isCut }: ListWalletResponse) => {
    const counts = [groups.map(({ count }) => count), Object.values(countByState)];
    return [isCut, ...counts.map((each) => each.reduce((sum, count) => sum + count, 0))];
  };
  await addExpired(0, WALLET_COUNT_MAX - 1);
  expect(counted(await list('hal', 'all', 1))).toEqual([false, WALLET_COUNT_MAX, WALLET_COUNT_MAX]);
  await addExpired(WALLET_COUNT_MAX, WALLET_COUNT_MAX + 1);
  const wide = await list('hal', 'all', 1);
  expect(counted(wide)).toEqual([true, WALLET_COUNT_MAX, WALLET_COUNT_MAX]);
  expect(wide.groups.map((group) => [group.group, idsOf(group).length])).toEqual([
    ['available', 1],
    ['held', 0],
    ['on_way', 0],
    ['used', 0],
    ['expired', 1],
  ]);
});
