import { ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { tally } from '../../../testing/wallet.fixture';
import { aBenefit, somePoints } from '../../testing/exchange.factory';
import { ExchangeFixture } from '../../testing/exchange.fixture';

// Goal: an exchange takes and gives both sides or neither, under limits that hold over two replicas, and survives a crash.

let shop: ExchangeFixture;
beforeAll(async () => {
  shop = await ExchangeFixture.start();
});
afterAll(() => shop?.stop());
afterEach(() => jest.restoreAllMocks());

const holdingsOf = async (customerId: string): Promise<string[]> =>
  (await shop.holdingsOf(customerId)).map(({ stockId, state }) => `${stockId} ${state}`).sort();

const claim = async (stockId: string, customerId: string): Promise<string> => {
  const request = { requestId: `claim-${stockId}-${customerId}`, stockId, customerId, decisionId: '' };
  return (await shop.benefits.claimBenefit(request)).instance!.instanceId;
};

it('changes points into a benefit once for a request id, whichever replica is asked', async () => {
  await shop.openStock('parking');
  await shop.offer('points-for-parking', {});
  await shop.givePoints('driver', 250);
  const answers = await Promise.all(
    [shop.first, shop.second, shop.first, shop.second].map((service) =>
      shop.swap('points-for-parking', 'driver', 'swap-1', { service }),
    ),
  );
  expect(new Set(answers.map(({ exchange }) => exchange?.exchangeId)).size).toBe(1);
  expect(await shop.pointsOf('driver')).toBe(150);
  await eventually(async () => expect(await holdingsOf('driver')).toEqual(['parking issued']));
  expect(await shop.exchangesOf('driver')).toMatchObject([
    { state: 'done', gotInstanceId: answers[0]!.exchange!.gotInstanceId },
  ]);

  const race = Array.from({ length: 10 }, (_, index) =>
    shop.swap('points-for-parking', 'driver', `race-${index}`, { service: index % 2 ? shop.first : shop.second }),
  );
  expect(await tally(race)).toEqual({ done: 1, POINTS_INSUFFICIENT: 9 });
  expect(await shop.pointsOf('driver')).toBe(50);
  expect(await shop.trialBalance()).toBe(0);
});

it('gives the points back, into their lots, when the benefit is refused', async () => {
  await shop.openStock('scarce', { totalLimit: 1 });
  await shop.offer('for-scarce', { get: aBenefit('scarce'), dailyLimitPerCustomer: 2 });
  await shop.givePoints('late', 300);
  await claim('scarce', 'somebody');
  for (const requestId of ['late-1', 'late-1', 'late-2', 'late-3']) {
    await expect(shop.swap('for-scarce', 'late', requestId)).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
  }
  expect(await shop.pointsOf('late')).toBe(300);
  expect(await holdingsOf('late')).toEqual([]);
});

it('changes a benefit into points and into another benefit, and keeps it when that is refused', async () => {
  await shop.openStock('coffee');
  await shop.openStock('tea', { totalLimit: 1 });
  await shop.offer('coffee-for-points', { give: aBenefit('coffee'), get: somePoints(40) });
  await shop.offer('coffee-for-tea', { give: aBenefit('coffee'), get: aBenefit('tea') });
  const given = await claim('coffee', 'a');
  await shop.swap('coffee-for-points', 'a', 'a-1', { instanceId: given });
  expect([await shop.pointsOf('a'), await holdingsOf('a')]).toEqual([40, ['coffee redeemed']]);
  await expect(shop.swap('coffee-for-points', 'a', 'a-2', { instanceId: given })).rejects.toMatchObject({
    reason: 'INSTANCE_NOT_AVAILABLE',
  });

  await shop.swap('coffee-for-tea', 'b', 'b-1', { instanceId: await claim('coffee', 'b') });
  expect(await holdingsOf('b')).toEqual(['coffee redeemed', 'tea issued']);
  const kept = await claim('coffee', 'c');
  await expect(shop.swap('coffee-for-tea', 'c', 'c-1', { instanceId: kept })).rejects.toMatchObject({
    reason: 'STOCK_SOLD_OUT',
  });
  expect(await holdingsOf('c')).toEqual(['coffee issued']);
  await expect(shop.swap('coffee-for-tea', 'd', 'd-1', { instanceId: kept })).rejects.toMatchObject({
    reason: 'INSTANCE_NOT_FOUND',
  });
  expect(await shop.trialBalance()).toBe(0);
});

it('takes only whole benefits, and only those of the offer', async () => {
  await shop.openStock('juice');
  await shop.openStock('milk');
  await shop.offer('juice-for-points', { give: aBenefit('juice'), get: somePoints(40) });
  const [juice, milk] = [await claim('juice', 'e'), await claim('milk', 'e')];
  const { code } = await shop.benefits.issueRedemptionCode({ instanceId: juice, customerId: 'e', withNumber: false });
  const at = { merchantId: 'm', storeId: 's', clerkId: 'k', orderAmountMinor: 5_000, code: '' };
  await shop.benefits.redeemByCode({ requestId: 'sip', ...at, items: [{ code, amountMinor: 1 }] });
  const give = (instanceId: string) => shop.swap('juice-for-points', 'e', instanceId, { instanceId });
  await expect(give(milk)).rejects.toMatchObject({ reason: 'INSTANCE_NOT_OF_OFFER' });
  await expect(give(juice)).rejects.toMatchObject({ reason: 'INSTANCE_PARTLY_USED' });
  expect([await shop.pointsOf('e'), await holdingsOf('e')]).toEqual([0, ['juice issued', 'milk issued']]);
});

it('holds its daily limits over two replicas, and opens them the next day', async () => {
  await shop.openStock('limited');
  await shop.offer('limited-offer', {
    give: somePoints(1),
    get: aBenefit('limited'),
    dailyLimit: 7,
    dailyLimitPerCustomer: 2,
  });
  const customers = ['l-1', 'l-2', 'l-3', 'l-4', 'l-5'];
  for (const customerId of customers) await shop.givePoints(customerId, 10);
  const calls = customers.flatMap((customerId) =>
    [1, 2, 3].map((n) =>
      shop.swap('limited-offer', customerId, `${customerId}-${n}`, { service: n % 2 ? shop.first : shop.second }),
    ),
  );
  const counts = await tally(calls);
  expect(counts.done).toBe(7);
  expect((counts.DAILY_LIMIT_REACHED ?? 0) + (counts.CUSTOMER_DAILY_LIMIT_REACHED ?? 0)).toBe(8);
  const left = await Promise.all(customers.map((customerId) => shop.pointsOf(customerId)));
  expect(left.reduce((sum, points) => sum + points, 0)).toBe(43);
  expect(Math.min(...left)).toBeGreaterThanOrEqual(8);
  shop.clock.advance(24 * 3_600_000);
  await shop.swap('limited-offer', 'l-1', 'next-day');
});

it('holds the daily limit of a person over all profiles, with what they exchanged before they were joined', async () => {
  await shop.openStock('personal');
  await shop.offer('personal-offer', { give: somePoints(1), get: aBenefit('personal'), dailyLimitPerCustomer: 3 });
  const profiles = ['tia', 'tia-too', 'tia-three'];
  for (const customerId of profiles) await shop.givePoints(customerId, 10);
  await shop.swap('personal-offer', 'tia-too', 'before');
  for (const customerId of profiles)
    await shop.benefits.linkPerson({ requestId: customerId, customerId, personId: 'tia' });
  const race = profiles.flatMap((customerId) =>
    [shop.first, shop.second].map((service, index) =>
      shop.swap('personal-offer', customerId, `${customerId}-${index}`, { service }),
    ),
  );
  expect(await tally(race)).toEqual({ done: 2, CUSTOMER_DAILY_LIMIT_REACHED: 4 });
  await shop.benefits.linkPerson({ requestId: 'apart', customerId: 'tia-three', personId: 'apart' });
  await shop.swap('personal-offer', 'tia-three', 'apart');
});

it('ends what a crash left open: once the benefit is granted, the points stay spent', async () => {
  await shop.openStock('crash');
  await shop.offer('crash-offer', { give: somePoints(10), get: aBenefit('crash') });
  await shop.givePoints('crashed', 10);
  const [granter] = shop.granters;
  const grant = granter.grant.bind(granter);
  // The benefit is granted, and the process ends before it is noted.
  jest.spyOn(granter, 'grant').mockImplementation(async (command) => {
    await grant(command);
    throw new DomainError({ code: 'UNAVAILABLE', reason: 'GONE', message: 'gone' });
  });
  const { exchange } = await shop.swap('crash-offer', 'crashed', 'crash');
  expect(exchange).toMatchObject({ state: 'open', gotInstanceId: '' });
  jest.restoreAllMocks();
  shop.clock.advance(60_000);
  await Promise.all([shop.first, shop.second].map((service) => shop.settle(service)));
  await eventually(async () => {
    const again = await shop.swap('crash-offer', 'crashed', 'crash');
    expect(again.exchange).toMatchObject({ state: 'done', exchangeId: exchange?.exchangeId });
  });
  expect([await shop.pointsOf('crashed'), await holdingsOf('crashed')]).toEqual([0, ['crash issued']]);
});

it('refuses a request id for another offer, and a side that does not fit', async () => {
  await shop.openStock('plain');
  await shop.offer('plain-offer', { give: somePoints(1), get: aBenefit('plain') });
  await shop.givePoints('plain', 5);
  await shop.swap('plain-offer', 'plain', 'plain');
  await expect(shop.swap('limited-offer', 'plain', 'plain')).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });
  await expect(shop.swap('plain-offer', 'plain', 'other', { instanceId: 'x' })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
  });
  const own = shop.first.client(ExchangeServiceService, { kind: 'customer', id: 'me' });
  const foreign = { requestId: 'x', offerId: 'plain-offer', customerId: 'plain', instanceId: '', instanceIds: [] };
  await expect(own.exchange(foreign)).rejects.toMatchObject({ reason: 'NOT_YOURS' });
});

it('tells the first result to who asks again when the offer is over, on another replica too', async () => {
  const { exchange } = await eventually(async () => {
    const told = await shop.swap('plain-offer', 'plain', 'plain');
    expect(told.exchange?.state).toBe('done');
    return told;
  });
  shop.clock.set(new Date('2027-01-01T00:00:01Z'));
  expect(await shop.swap('plain-offer', 'plain', 'plain', { service: shop.second })).toEqual({ exchange });
  await expect(shop.swap('plain-offer', 'plain', 'too-late')).rejects.toMatchObject({ reason: 'OFFER_NOT_OPEN' });
});
