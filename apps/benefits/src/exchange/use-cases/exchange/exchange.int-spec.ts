import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { DomainError } from '@tidegate/errors';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../../../benefits-services';
import { BenefitsModule } from '../../../benefits.module';
import { BenefitGranter } from '../../../granting/benefit-granter';
import { PointsBook } from '../../../points/repositories/points-book';
import { aStock } from '../../../testing/stock.factory';
import { tally } from '../../../testing/wallet.fixture';
import type { ExchangeTerms } from '../../domain/exchange-offer';
import { aBenefit, anExchangeOffer, somePoints } from '../../testing/exchange.factory';
import { SettleExchangesUseCase } from '../settle-exchanges/settle-exchanges.use-case';

// Goal: an exchange takes and gives both sides or neither, under limits that hold over two replicas, and survives a crash.

const clock = new FakeClock();
let first: TestService;
let second: TestService;

beforeAll(async () => {
  first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
  second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});
afterEach(() => jest.restoreAllMocks());

const exchanges = (service = first) => service.client(ExchangeServiceService);
const wallet = () => first.client(BenefitsServiceService);
const pointsOf = async (customerId: string): Promise<number> =>
  (await first.client(PointsServiceService).getPointsBalance({ customerId })).points;
const holdingsOf = async (customerId: string): Promise<string[]> => {
  const { instances } = await wallet().listWallet({ customerId, pageSize: 0, pageToken: '', state: '', group: '' });
  return instances.map(({ stockId, state }) => `${stockId} ${state}`).sort();
};

async function givePoints(customerId: string, points: number): Promise<void> {
  const lot = { points, orgPath: 'hq', expiresAt: new Date('2027-01-01Z') };
  const book = first.app.get(PointsBook);
  await first.mongo.transaction(async (tx) => {
    const move = { customerId, reference: 'test' };
    const batch = await book.open([move], clock.now(), tx);
    batch.reward(move, lot);
    await book.save(batch, tx);
  });
}

async function openStock(stockId: string, overrides = {}): Promise<void> {
  const stock = { ...aStock({ stockId, perCustomerLimit: 0, ...overrides }), claimedCount: 0 };
  await wallet().createStock({ requestId: stockId, stock });
}

/** Makes and approves an offer; returns when both replicas know it. */
async function offer(definitionId: string, terms: Partial<ExchangeTerms>): Promise<void> {
  const made = anExchangeOffer(terms, { definitionId });
  await exchanges().createExchangeOffer({ requestId: definitionId, offer: made });
  const checker = first.client(ExchangeServiceService, { id: 'checker' });
  await checker.moveExchangeOffer({ requestId: definitionId, definitionId, move: 'approve' });
  const probe = {
    requestId: 'probe',
    offerId: definitionId,
    customerId: 'nobody',
    instanceId: 'none',
    instanceIds: [],
  };
  await eventually(async () => {
    const refusal: DomainError = await exchanges(second)
      .exchange(probe)
      .catch((error) => error);
    expect(refusal.reason).not.toBe('OFFER_NOT_OPEN');
  });
}

const swap = (
  offerId: string,
  customerId: string,
  requestId: string,
  { instanceId = '', instanceIds = [] as string[], service = first } = {},
) => exchanges(service).exchange({ requestId, offerId, customerId, instanceId, instanceIds });

const claim = async (stockId: string, customerId: string): Promise<string> => {
  const request = { requestId: `claim-${stockId}-${customerId}`, stockId, customerId, decisionId: '' };
  return (await wallet().claimBenefit(request)).instance!.instanceId;
};

it('changes points into a benefit once for a request id, whichever replica is asked', async () => {
  await openStock('parking');
  await offer('points-for-parking', {});
  await givePoints('driver', 250);
  const answers = await Promise.all(
    [first, second, first, second].map((service) => swap('points-for-parking', 'driver', 'swap-1', { service })),
  );
  expect(new Set(answers.map(({ exchange }) => exchange?.exchangeId)).size).toBe(1);
  expect(await pointsOf('driver')).toBe(150);
  await eventually(async () => expect(await holdingsOf('driver')).toEqual(['parking issued']));
  const { exchanges: own } = await exchanges().listExchanges({ customerId: 'driver', pageSize: 0, pageToken: '' });
  expect(own).toMatchObject([{ state: 'done', gotInstanceId: answers[0]!.exchange!.gotInstanceId }]);

  const race = Array.from({ length: 10 }, (_, index) =>
    swap('points-for-parking', 'driver', `race-${index}`, { service: index % 2 ? first : second }),
  );
  expect(await tally(race)).toEqual({ done: 1, POINTS_INSUFFICIENT: 9 });
  expect(await pointsOf('driver')).toBe(50);
  expect((await wallet().getTrialBalance({ at: undefined })).trialBalanceMinor).toBe(0);
});

it('gives the points back, into their lots, when the benefit is refused', async () => {
  await openStock('scarce', { totalLimit: 1 });
  await offer('for-scarce', { get: aBenefit('scarce'), dailyLimitPerCustomer: 2 });
  await givePoints('late', 300);
  await claim('scarce', 'somebody');
  for (const requestId of ['late-1', 'late-1', 'late-2', 'late-3']) {
    await expect(swap('for-scarce', 'late', requestId)).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
  }
  expect(await pointsOf('late')).toBe(300);
  expect(await holdingsOf('late')).toEqual([]);
});

it('changes a benefit into points and into another benefit, and keeps it when that is refused', async () => {
  await openStock('coffee');
  await openStock('tea', { totalLimit: 1 });
  await offer('coffee-for-points', { give: aBenefit('coffee'), get: somePoints(40) });
  await offer('coffee-for-tea', { give: aBenefit('coffee'), get: aBenefit('tea') });
  const given = await claim('coffee', 'a');
  await swap('coffee-for-points', 'a', 'a-1', { instanceId: given });
  expect([await pointsOf('a'), await holdingsOf('a')]).toEqual([40, ['coffee redeemed']]);
  await expect(swap('coffee-for-points', 'a', 'a-2', { instanceId: given })).rejects.toMatchObject({
    reason: 'INSTANCE_NOT_AVAILABLE',
  });

  await swap('coffee-for-tea', 'b', 'b-1', { instanceId: await claim('coffee', 'b') });
  expect(await holdingsOf('b')).toEqual(['coffee redeemed', 'tea issued']);
  const kept = await claim('coffee', 'c');
  await expect(swap('coffee-for-tea', 'c', 'c-1', { instanceId: kept })).rejects.toMatchObject({
    reason: 'STOCK_SOLD_OUT',
  });
  expect(await holdingsOf('c')).toEqual(['coffee issued']);
  await expect(swap('coffee-for-tea', 'd', 'd-1', { instanceId: kept })).rejects.toMatchObject({
    reason: 'INSTANCE_NOT_FOUND',
  });
  expect((await wallet().getTrialBalance({ at: undefined })).trialBalanceMinor).toBe(0);
});

it('takes only whole benefits, and only those of the offer', async () => {
  await openStock('juice');
  await openStock('milk');
  await offer('juice-for-points', { give: aBenefit('juice'), get: somePoints(40) });
  const [juice, milk] = [await claim('juice', 'e'), await claim('milk', 'e')];
  const { code } = await wallet().issueRedemptionCode({ instanceId: juice, customerId: 'e', withNumber: false });
  const at = { merchantId: 'm', storeId: 's', clerkId: 'k', orderAmountMinor: 5_000, code: '' };
  await wallet().redeemByCode({ requestId: 'sip', ...at, items: [{ code, amountMinor: 1 }] });
  const give = (instanceId: string) => swap('juice-for-points', 'e', instanceId, { instanceId });
  await expect(give(milk)).rejects.toMatchObject({ reason: 'INSTANCE_NOT_OF_OFFER' });
  await expect(give(juice)).rejects.toMatchObject({ reason: 'INSTANCE_PARTLY_USED' });
  expect([await pointsOf('e'), await holdingsOf('e')]).toEqual([0, ['juice issued', 'milk issued']]);
});

it('holds its daily limits over two replicas, and opens them the next day', async () => {
  await openStock('limited');
  await offer('limited-offer', {
    give: somePoints(1),
    get: aBenefit('limited'),
    dailyLimit: 7,
    dailyLimitPerCustomer: 2,
  });
  const customers = ['l-1', 'l-2', 'l-3', 'l-4', 'l-5'];
  for (const customerId of customers) await givePoints(customerId, 10);
  const calls = customers.flatMap((customerId) =>
    [1, 2, 3].map((n) => swap('limited-offer', customerId, `${customerId}-${n}`, { service: n % 2 ? first : second })),
  );
  const counts = await tally(calls);
  expect(counts.done).toBe(7);
  expect((counts.DAILY_LIMIT_REACHED ?? 0) + (counts.CUSTOMER_DAILY_LIMIT_REACHED ?? 0)).toBe(8);
  const left = await Promise.all(customers.map(pointsOf));
  expect(left.reduce((sum, points) => sum + points, 0)).toBe(43);
  expect(Math.min(...left)).toBeGreaterThanOrEqual(8);
  clock.advance(24 * 3_600_000);
  await swap('limited-offer', 'l-1', 'next-day');
});

it('holds the daily limit of a person over all profiles, with what they exchanged before they were joined', async () => {
  await openStock('personal');
  await offer('personal-offer', { give: somePoints(1), get: aBenefit('personal'), dailyLimitPerCustomer: 3 });
  const profiles = ['tia', 'tia-too', 'tia-three'];
  for (const customerId of profiles) await givePoints(customerId, 10);
  await swap('personal-offer', 'tia-too', 'before');
  for (const customerId of profiles) await wallet().linkPerson({ requestId: customerId, customerId, personId: 'tia' });
  const race = profiles.flatMap((customerId) =>
    [first, second].map((service, index) => swap('personal-offer', customerId, `${customerId}-${index}`, { service })),
  );
  expect(await tally(race)).toEqual({ done: 2, CUSTOMER_DAILY_LIMIT_REACHED: 4 });
  await wallet().linkPerson({ requestId: 'apart', customerId: 'tia-three', personId: 'apart' });
  await swap('personal-offer', 'tia-three', 'apart');
});

it('ends what a crash left open: once the benefit is granted, the points stay spent', async () => {
  await openStock('crash');
  await offer('crash-offer', { give: somePoints(10), get: aBenefit('crash') });
  await givePoints('crashed', 10);
  const granter = first.app.get(BenefitGranter);
  const grant = granter.grant.bind(granter);
  // The benefit is granted, and the process ends before it is noted.
  jest.spyOn(granter, 'grant').mockImplementation(async (command) => {
    await grant(command);
    throw new DomainError({ code: 'UNAVAILABLE', reason: 'GONE', message: 'gone' });
  });
  const { exchange } = await swap('crash-offer', 'crashed', 'crash');
  expect(exchange).toMatchObject({ state: 'open', gotInstanceId: '' });
  jest.restoreAllMocks();
  clock.advance(60_000);
  await Promise.all([first, second].map((service) => service.app.get(SettleExchangesUseCase).execute()));
  await eventually(async () => {
    const again = await swap('crash-offer', 'crashed', 'crash');
    expect(again.exchange).toMatchObject({ state: 'done', exchangeId: exchange?.exchangeId });
  });
  expect([await pointsOf('crashed'), await holdingsOf('crashed')]).toEqual([0, ['crash issued']]);
});

it('refuses a request id for another offer, and a side that does not fit', async () => {
  await openStock('plain');
  await offer('plain-offer', { give: somePoints(1), get: aBenefit('plain') });
  await givePoints('plain', 5);
  await swap('plain-offer', 'plain', 'plain');
  await expect(swap('limited-offer', 'plain', 'plain')).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });
  await expect(swap('plain-offer', 'plain', 'other', { instanceId: 'x' })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
  });
  const own = first.client(ExchangeServiceService, { kind: 'customer', id: 'me' });
  const foreign = { requestId: 'x', offerId: 'plain-offer', customerId: 'plain', instanceId: '', instanceIds: [] };
  await expect(own.exchange(foreign)).rejects.toMatchObject({ reason: 'NOT_YOURS' });
});

it('tells the first result to who asks again when the offer is over, on another replica too', async () => {
  const { exchange } = await eventually(async () => {
    const told = await swap('plain-offer', 'plain', 'plain');
    expect(told.exchange?.state).toBe('done');
    return told;
  });
  clock.set(new Date('2027-01-01T00:00:01Z'));
  expect(await swap('plain-offer', 'plain', 'plain', { service: second })).toEqual({ exchange });
  await expect(swap('plain-offer', 'plain', 'too-late')).rejects.toMatchObject({ reason: 'OFFER_NOT_OPEN' });
});
