import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { RewardsServiceService } from '@tidegate/contracts/benefits/v1/rewards';
import { SharesServiceService } from '@tidegate/contracts/benefits/v1/shares';
import { eventually } from '@tidegate/testing';
import type { Stock } from '../domain/stock';
import { InstanceRepository } from '../repositories/instance.repository';
import { aStock } from '../testing/stock.factory';
import { startWallet, tally, type WalletFixture } from '../testing/wallet.fixture';

// Goal: whoever opens a link claims a benefit of his own under his own limits; the sharer is told what came of it and rewarded for
// each new claimer, never for himself, up to the limit.

const PATIENT = { timeoutMs: 60_000 };
const REWARD = { kind: 'points', points: 5, pointsValidMonths: 12, stockId: '' };
const TERMS = { linkValidSeconds: 3_600, linksPerCustomerMax: 2, sharerReward: REWARD, sharerRewardsMax: 2 };
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

const shares = (at = wallet) => at.service.client(SharesServiceService);
const open = (stockId: string, overrides: Partial<Stock> = {}) => {
  const stock = aStock({ stockId, isShareable: true, shareTerms: TERMS, ...overrides });
  return wallet.benefits.createStock({ requestId: stockId, stock: { ...stock, claimedCount: 0 } });
};
const share = async (stockId: string, customerId: string, requestId = `${stockId}-${customerId}`): Promise<string> =>
  (await shares().createShareLink({ requestId, stockId, customerId })).link!.linkId;
const claim = (linkId: string, customerId: string, requestId = `${linkId}-${customerId}`, at = wallet) =>
  shares(at).claimSharedBenefit({ requestId, linkId, customerId });
const visit = (linkId: string, customerId: string, requestId = `${linkId}-${customerId}`) =>
  shares().openShareLink({ requestId, linkId, customerId });
const countsOf = async (customerId: string): Promise<number[][]> =>
  (await shares().listShareLinks({ customerId, pageSize: 0, pageToken: '' })).links.map(
    ({ openedCount, claimedCount, rewardedCount }) => [openedCount, claimedCount, rewardedCount],
  );

it('counts openings and claims of others, and rewards new claimers up to the limit', async () => {
  await open('tea', { totalLimit: 50, perCustomerLimit: 2 });
  const linkId = await share('tea', 'ann');
  expect(await share('tea', 'ann')).toBe(linkId);
  await wallet.benefits.linkPerson({ requestId: 'ann', customerId: 'ann-too', personId: 'ann' });
  for (const customerId of ['bob', 'cy', 'ann', 'ann-too']) await visit(linkId, customerId);
  await visit(linkId, 'bob', 'again');
  const { instance, isRepeat } = await claim(linkId, 'bob');
  expect([instance?.customerId, instance?.state, isRepeat]).toEqual(['bob', 'issued', false]);
  expect(await claim(linkId, 'bob')).toEqual({ instance, isRepeat: true });
  await claim(linkId, 'bob', 'bob-second');
  // Under none of his customer ids the sharer counts.
  for (const customerId of ['ann', 'ann-too']) await claim(linkId, customerId);
  for (const customerId of ['cy', 'dee']) await claim(linkId, customerId, `tea-${customerId}`, replica);
  await eventually(async () => expect(await countsOf('ann')).toEqual([[2, 4, 2]]), PATIENT);
  await eventually(async () => {
    const points = await wallet.service.client(PointsServiceService).getPointsBalance({ customerId: 'ann' });
    expect(points.points).toBe(10);
  }, PATIENT);
  const owed = { customerId: 'ann', pageSize: 0, pageToken: '' };
  const { rewards } = await wallet.service.client(RewardsServiceService).listRewards(owed);
  expect(rewards.map(({ cause, reference, state }) => [cause, reference, state])).toEqual([
    ['share', 'tea', 'granted'],
    ['share', 'tea', 'granted'],
  ]);
  expect(JSON.stringify(rewards)).not.toContain('bob');
});

it('rewards a person who claims under several of his ids once, also when they are linked later', async () => {
  await open('cake', { perCustomerLimit: 1 });
  const linkId = await share('cake', 'kim');
  await claim(linkId, 'leo');
  await eventually(async () => expect(await countsOf('kim')).toEqual([[0, 1, 1]]), PATIENT);
  await wallet.benefits.linkPerson({ requestId: 'leo', customerId: 'leo-too', personId: 'leo' });
  await claim(linkId, 'leo-too');
  await eventually(async () => expect(await countsOf('kim')).toEqual([[0, 2, 1]]), PATIENT);
});

it('holds the limits of a sharer over all his customer ids, and rewards him once for a claimer, over two replicas', async () => {
  await open('scone', { totalLimit: 50, perCustomerLimit: 3 });
  const early = await share('scone', 'lou-early');
  await claim(early, 'friend-0');
  await eventually(async () => expect(await countsOf('lou-early')).toEqual([[0, 1, 1]]), PATIENT);
  const ids = ['lou-early', 'lou', 'lou-too'];
  for (const id of ids) await wallet.benefits.linkPerson({ requestId: `link-${id}`, customerId: id, personId: 'lou' });
  const own = await share('scone', 'lou');
  await expect(share('scone', 'lou-too')).rejects.toMatchObject({ reason: 'SHARE_LINK_LIMIT_REACHED' });
  // Whom he was rewarded for is no new claimer under another of his ids; of all others one more is within the limit.
  await claim(own, 'friend-0', 'friend-0-again');
  const friends = Array.from({ length: 6 }, (_, index) => `friend-${index + 1}`);
  await Promise.all(
    friends.map((id, index) => claim(index % 2 ? own : early, id, `scone-${id}`, index % 3 ? wallet : replica)),
  );
  const counted = async () => (await Promise.all(ids.map(countsOf))).flat();
  const sum = (counts: number[][], at: number) => counts.reduce((total, each) => total + each[at]!, 0);
  await eventually(async () => expect(sum(await counted(), 1)).toBe(8), PATIENT);
  expect(sum(await counted(), 2)).toBe(2);
  const owed = await Promise.all(
    ids.map((customerId) =>
      wallet.service.client(RewardsServiceService).listRewards({ customerId, pageSize: 0, pageToken: '' }),
    ),
  );
  expect(owed.flatMap(({ rewards }) => rewards)).toHaveLength(2);
});

it('keeps the limits of the stock and the taker, in a rush over two replicas', async () => {
  await open('rush', { totalLimit: 12, shareTerms: { ...TERMS, sharerRewardsMax: 100 } });
  const linkId = await share('rush', 'eve');
  const calls = Array.from({ length: 60 }, (_, index) =>
    claim(linkId, `f-${index % 30}`, `rush-${index}`, index % 2 ? wallet : replica),
  );
  const outcomes = await tally(calls);
  expect(outcomes.done).toBe(12);
  expect((outcomes.STOCK_SOLD_OUT ?? 0) + (outcomes.CUSTOMER_LIMIT_REACHED ?? 0)).toBe(48);
  await eventually(async () => expect(await countsOf('eve')).toEqual([[0, 12, 12]]), PATIENT);
  expect(await wallet.trialBalance()).toBe(0);
});

it('looks nobody up after the sell-out but winners', async () => {
  await open('gone', { totalLimit: 1 });
  const linkId = await share('gone', 'eve');
  const won = await claim(linkId, 'win');
  const lookUp = jest.spyOn(wallet.service.app.get(InstanceRepository), 'findGathered');
  let stranger = 0;
  await eventually(async () => {
    lookUp.mockClear();
    await expect(claim(linkId, `late-${(stranger += 1)}`)).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
    expect(lookUp).not.toHaveBeenCalled();
  }, PATIENT);
  expect(await claim(linkId, 'win')).toEqual({ ...won, isRepeat: true });
  lookUp.mockRestore();
});

it('gives so many links to a customer, each for a while; a claim that won is told also later', async () => {
  await open('brief');
  const first = await share('brief', 'gil', 'gil-1');
  await share('brief', 'gil', 'gil-2');
  await expect(share('brief', 'gil', 'gil-3')).rejects.toMatchObject({ reason: 'SHARE_LINK_LIMIT_REACHED' });
  const won = await claim(first, 'hal');
  wallet.clock.advance(3_600_000);
  await expect(visit(first, 'ida')).rejects.toMatchObject({ reason: 'SHARE_LINK_EXPIRED' });
  await expect(claim(first, 'ida')).rejects.toMatchObject({ reason: 'SHARE_LINK_EXPIRED' });
  expect(await claim(first, 'hal')).toEqual({ ...won, isRepeat: true });
  const page = await shares().listShareLinks({ customerId: 'gil', pageSize: 1, pageToken: '' });
  const rest = await shares().listShareLinks({ customerId: 'gil', pageSize: 1, pageToken: page.nextPageToken });
  expect(new Set([...page.links, ...rest.links].map(({ linkId }) => linkId)).size).toBe(2);
});

it('refuses what is not shareable, unknown links, reused request ids and strangers', async () => {
  await open('private', { isShareable: false, shareTerms: undefined });
  await expect(share('private', 'ann')).rejects.toMatchObject({ reason: 'NOT_SHAREABLE' });
  await expect(share('nothing', 'ann')).rejects.toMatchObject({ reason: 'STOCK_NOT_FOUND' });
  await expect(claim('nowhere', 'ann')).rejects.toMatchObject({ reason: 'SHARE_LINK_NOT_FOUND' });
  await expect(visit('nowhere', 'ann')).rejects.toMatchObject({ reason: 'SHARE_LINK_NOT_FOUND' });
  await open('left', { perCustomerLimit: 0 });
  const [one, two] = [await share('left', 'jo', 'jo-1'), await share('left', 'jo', 'jo-2')];
  await claim(one, 'kim', 'same');
  await expect(claim(two, 'kim', 'same')).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });
  const stranger = wallet.service.client(SharesServiceService, { kind: 'customer', id: 'lea' });
  const request = { requestId: 'x', linkId: one, customerId: 'kim' };
  await expect(stranger.claimSharedBenefit(request)).rejects.toMatchObject({ reason: 'NOT_YOURS' });
  await expect(stranger.openShareLink(request)).rejects.toMatchObject({ reason: 'NOT_YOURS' });
  await expect(stranger.createShareLink({ requestId: 'x', stockId: 'left', customerId: 'kim' })).rejects.toMatchObject({
    reason: 'NOT_YOURS',
  });
  await expect(stranger.listShareLinks({ customerId: 'jo', pageSize: 0, pageToken: '' })).rejects.toMatchObject({
    reason: 'NOT_YOURS',
  });
});

it('refuses terms that do not fit together', async () => {
  const fields: [Partial<Stock>, string][] = [
    [{ isShareable: false }, 'stock.shareTerms'],
    [{ shareTerms: { ...TERMS, sharerRewardsMax: 0 } }, 'stock.shareTerms.sharerRewardsMax'],
    [{ shareTerms: { ...TERMS, linkValidSeconds: 1 } }, 'stock.shareTerms.linkValidSeconds'],
    [
      { shareTerms: { ...TERMS, sharerReward: { ...REWARD, kind: 'benefit', stockId: 'no-such' } } },
      'stock.shareTerms.sharerReward.stockId',
    ],
  ];
  for (const [index, [overrides, field]] of fields.entries()) {
    await expect(open(`bad-${index}`, overrides)).rejects.toMatchObject({ violations: [{ field }] });
  }
});
