import { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { tally } from '../../../testing/wallet.fixture';
import { aBenefit } from '../../testing/exchange.factory';
import { ExchangeFixture } from '../../testing/exchange.fixture';

// Goal: so many of one benefit are changed into so many of another, all of both or nothing, once, on whatever replica.

let shop: ExchangeFixture;
let count = 0;
beforeAll(async () => {
  shop = await ExchangeFixture.start();
});
afterAll(() => shop?.stop());
afterEach(() => jest.restoreAllMocks());

const swap = (offerId: string, customerId: string, requestId: string, instanceIds: string[], service = shop.first) =>
  shop.swap(offerId, customerId, requestId, { instanceIds, service });

async function claimSome(stockId: string, customerId: string, many: number): Promise<string[]> {
  const ids: string[] = [];
  for (let each = 0; each < many; each += 1) {
    const request = { requestId: `claim-${(count += 1)}`, stockId, customerId, decisionId: '' };
    ids.push((await shop.benefits.claimBenefit(request)).instance!.instanceId);
  }
  return ids;
}
const holdingsOf = async (customerId: string): Promise<Record<string, number>> => {
  const held: Record<string, number> = {};
  for (const { stockId, state } of await shop.holdingsOf(customerId)) {
    held[`${stockId} ${state}`] = (held[`${stockId} ${state}`] ?? 0) + 1;
  }
  return held;
};

it('changes three coffees into two cakes once, however often and wherever it is asked', async () => {
  await shop.openStock('coffee');
  await shop.openStock('cake', { perCustomerLimit: 4 });
  await shop.offer('three-for-two', {
    give: aBenefit('coffee', 3),
    get: aBenefit('cake', 2),
    dailyLimitPerCustomer: 2,
  });
  const given = await claimSome('coffee', 'ann', 7);
  const three = given.slice(0, 3);
  const answers = await Promise.all(
    [shop.first, shop.second, shop.first].map((service) => swap('three-for-two', 'ann', 'once', three, service)),
  );
  const got = answers[0]!.exchange!.gotInstanceIds;
  expect(new Set(got).size).toBe(2);
  const told = { state: 'done', gotInstanceIds: got, gotInstanceId: got[0], givenInstanceIds: three };
  for (const { exchange } of answers) {
    expect(exchange).toMatchObject({ ...told, give: { count: 3 }, get: { count: 2 }, givenInstanceId: three[0] });
  }
  expect(await holdingsOf('ann')).toEqual({ 'coffee redeemed': 3, 'coffee issued': 4, 'cake issued': 2 });
  const others = [given[0]!, given[3]!, given[4]!];
  await expect(swap('three-for-two', 'ann', 'once', others)).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });
  await expect(swap('three-for-two', 'ann', 'used', others)).rejects.toMatchObject({
    reason: 'INSTANCE_NOT_AVAILABLE',
  });
  for (const wrong of [given.slice(3, 5), given.slice(3, 7), [], [given[3]!, given[3]!, given[4]!]]) {
    await expect(swap('three-for-two', 'ann', 'wrong', wrong)).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  }
  // An exchange counts once in the limit of a day, whatever it moves.
  await swap('three-for-two', 'ann', 'twice', given.slice(3, 6));
  await expect(swap('three-for-two', 'ann', 'thrice', given.slice(4, 7))).rejects.toMatchObject({
    reason: 'CUSTOMER_DAILY_LIMIT_REACHED',
  });
  expect(await holdingsOf('ann')).toEqual({ 'coffee redeemed': 6, 'coffee issued': 1, 'cake issued': 4 });
  expect(await shop.trialBalance()).toBe(0);
});

it('gives all back when not all of the other side are left, and takes none when one of them is not his', async () => {
  await shop.openStock('tea');
  await shop.openStock('scone', { totalLimit: 3 });
  await shop.openStock('bun', { perCustomerLimit: 1 });
  await shop.offer('tea-for-scones', { give: aBenefit('tea', 2), get: aBenefit('scone', 2) });
  await shop.offer('tea-for-buns', { give: aBenefit('tea', 2), get: aBenefit('bun', 2) });
  const [own, foreign] = [await claimSome('tea', 'bob', 2), await claimSome('tea', 'cid', 2)];
  await expect(swap('tea-for-scones', 'bob', 'foreign', [own[0]!, foreign[0]!])).rejects.toMatchObject({
    reason: 'INSTANCE_NOT_FOUND',
  });
  await expect(swap('tea-for-buns', 'bob', 'limit', own)).rejects.toMatchObject({ reason: 'CUSTOMER_LIMIT_REACHED' });
  // Three are left: one of two that ask at once gets two, the other none.
  const race = [swap('tea-for-scones', 'bob', 'b', own), swap('tea-for-scones', 'cid', 'c', foreign, shop.second)];
  expect(await tally(race)).toEqual({ done: 1, STOCK_SOLD_OUT: 1 });
  const held = [await holdingsOf('bob'), await holdingsOf('cid')];
  expect(held).toEqual(expect.arrayContaining([{ 'tea redeemed': 2, 'scone issued': 2 }, { 'tea issued': 2 }]));
  const { stock } = await shop.benefits.getStock({ stockId: 'scone' });
  expect(stock?.claimedCount).toBe(2);
  expect(await shop.trialBalance()).toBe(0);
});

it('ends what a crash left open with as many as the offer gives, also one that was opened with a single benefit', async () => {
  await shop.openStock('milk');
  await shop.openStock('shake');
  await shop.offer('milk-for-shakes', { give: aBenefit('milk', 2), get: aBenefit('shake', 3) });
  const given = await claimSome('milk', 'dee', 2);
  const [granter] = shop.granters;
  const grant = granter.grant.bind(granter);
  // All are granted, and the process ends before it is noted.
  jest.spyOn(granter, 'grant').mockImplementation(async (command) => {
    await grant(command);
    throw new DomainError({ code: 'UNAVAILABLE', reason: 'GONE', message: 'gone' });
  });
  const { exchange } = await swap('milk-for-shakes', 'dee', 'crash', given);
  expect(exchange).toMatchObject({ state: 'open', gotInstanceIds: [] });
  jest.restoreAllMocks();
  // As a version without counts stored it.
  const [single] = await claimSome('milk', 'eve', 1);
  const instances = shop.first.mongo.connection.collection('instances');
  await instances.updateOne({ _id: single as never }, { $set: { state: 'held' } });
  const stored = shop.first.mongo.connection.collection('exchanges');
  const { _id, givenInstanceIds, gotInstanceIds, ...old } = (await stored.findOne({
    _id: exchange!.exchangeId as never,
  }))!;
  const side = { kind: 'benefit', points: 0, pointsValidMonths: 0 };
  const sides = { give: { ...side, stockId: 'milk' }, get: { ...side, stockId: 'shake' } };
  const earlier = { ...old, ...sides, customerId: 'eve', givenInstanceId: single, gotInstanceId: '' };
  await stored.insertOne({ _id: 'earlier' as never, ...earlier });
  shop.clock.advance(60_000);
  await Promise.all([shop.first, shop.second].map((service) => shop.settle(service)));
  await eventually(async () => {
    expect(await holdingsOf('dee')).toEqual({ 'milk redeemed': 2, 'shake issued': 3 });
    expect(await holdingsOf('eve')).toEqual({ 'milk redeemed': 1, 'shake issued': 1 });
  });
  const again = await swap('milk-for-shakes', 'dee', 'crash', given);
  expect(again.exchange).toMatchObject({ state: 'done', exchangeId: exchange?.exchangeId });
  expect(await shop.exchangesOf('eve')).toMatchObject([
    { state: 'done', givenInstanceIds: [single], give: { count: 1 } },
  ]);
});
