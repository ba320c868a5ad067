import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { DomainError } from '@tidegate/errors';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../../../benefits-services';
import { BenefitsModule } from '../../../benefits.module';
import { BenefitGranter } from '../../../granting/benefit-granter';
import { aStock } from '../../../testing/stock.factory';
import { tally } from '../../../testing/wallet.fixture';
import type { ExchangeTerms } from '../../domain/exchange-offer';
import { aBenefit, anExchangeOffer } from '../../testing/exchange.factory';
import { SettleExchangesUseCase } from '../settle-exchanges/settle-exchanges.use-case';

// Goal: so many of one benefit are changed into so many of another, all of both or nothing, once, on whatever replica.

const clock = new FakeClock();
let first: TestService;
let second: TestService;
let count = 0;

beforeAll(async () => {
  first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
  second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});
afterEach(() => jest.restoreAllMocks());

const wallet = () => first.client(BenefitsServiceService);
const exchanges = (service = first) => service.client(ExchangeServiceService);

async function openStock(stockId: string, overrides = {}): Promise<void> {
  const stock = { ...aStock({ stockId, perCustomerLimit: 0, ...overrides }), claimedCount: 0 };
  await wallet().createStock({ requestId: stockId, stock });
}

/** Makes and approves an offer; returns when both replicas know it. */
async function offer(definitionId: string, terms: Partial<ExchangeTerms>): Promise<void> {
  await exchanges().createExchangeOffer({ requestId: definitionId, offer: anExchangeOffer(terms, { definitionId }) });
  const checker = first.client(ExchangeServiceService, { id: 'checker' });
  await checker.moveExchangeOffer({ requestId: definitionId, definitionId, move: 'approve' });
  await eventually(async () => {
    const probe = swap(definitionId, 'nobody', 'probe', ['none'], second);
    expect(await probe.catch((error: DomainError) => error.reason)).not.toBe('OFFER_NOT_OPEN');
  });
}

const swap = (offerId: string, customerId: string, requestId: string, instanceIds: string[], service = first) =>
  exchanges(service).exchange({ requestId, offerId, customerId, instanceId: '', instanceIds });

async function claimSome(stockId: string, customerId: string, many: number): Promise<string[]> {
  const ids: string[] = [];
  for (let each = 0; each < many; each += 1) {
    const request = { requestId: `claim-${(count += 1)}`, stockId, customerId, decisionId: '' };
    ids.push((await wallet().claimBenefit(request)).instance!.instanceId);
  }
  return ids;
}
const holdingsOf = async (customerId: string): Promise<Record<string, number>> => {
  const { instances } = await wallet().listWallet({ customerId, pageSize: 0, pageToken: '', state: '', group: '' });
  const held: Record<string, number> = {};
  for (const { stockId, state } of instances) held[`${stockId} ${state}`] = (held[`${stockId} ${state}`] ?? 0) + 1;
  return held;
};
const trialBalance = async (): Promise<number> => (await wallet().getTrialBalance({ at: undefined })).trialBalanceMinor;

it('changes three coffees into two cakes once, however often and wherever it is asked', async () => {
  await openStock('coffee');
  await openStock('cake', { perCustomerLimit: 4 });
  await offer('three-for-two', { give: aBenefit('coffee', 3), get: aBenefit('cake', 2), dailyLimitPerCustomer: 2 });
  const given = await claimSome('coffee', 'ann', 7);
  const three = given.slice(0, 3);
  const answers = await Promise.all(
    [first, second, first].map((service) => swap('three-for-two', 'ann', 'once', three, service)),
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
  expect(await trialBalance()).toBe(0);
});

it('gives all back when not all of the other side are left, and takes none when one of them is not his', async () => {
  await openStock('tea');
  await openStock('scone', { totalLimit: 3 });
  await openStock('bun', { perCustomerLimit: 1 });
  await offer('tea-for-scones', { give: aBenefit('tea', 2), get: aBenefit('scone', 2) });
  await offer('tea-for-buns', { give: aBenefit('tea', 2), get: aBenefit('bun', 2) });
  const [own, foreign] = [await claimSome('tea', 'bob', 2), await claimSome('tea', 'cid', 2)];
  await expect(swap('tea-for-scones', 'bob', 'foreign', [own[0]!, foreign[0]!])).rejects.toMatchObject({
    reason: 'INSTANCE_NOT_FOUND',
  });
  await expect(swap('tea-for-buns', 'bob', 'limit', own)).rejects.toMatchObject({ reason: 'CUSTOMER_LIMIT_REACHED' });
  // Three are left: one of two that ask at once gets two, the other none.
  const race = [swap('tea-for-scones', 'bob', 'b', own), swap('tea-for-scones', 'cid', 'c', foreign, second)];
  expect(await tally(race)).toEqual({ done: 1, STOCK_SOLD_OUT: 1 });
  const held = [await holdingsOf('bob'), await holdingsOf('cid')];
  expect(held).toEqual(expect.arrayContaining([{ 'tea redeemed': 2, 'scone issued': 2 }, { 'tea issued': 2 }]));
  const { stock } = await wallet().getStock({ stockId: 'scone' });
  expect(stock?.claimedCount).toBe(2);
  expect(await trialBalance()).toBe(0);
});

it('ends what a crash left open with as many as the offer gives, also one that was opened with a single benefit', async () => {
  await openStock('milk');
  await openStock('shake');
  await offer('milk-for-shakes', { give: aBenefit('milk', 2), get: aBenefit('shake', 3) });
  const given = await claimSome('milk', 'dee', 2);
  const granter = first.app.get(BenefitGranter);
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
  const instances = first.mongo.connection.collection('instances');
  await instances.updateOne({ _id: single as never }, { $set: { state: 'held' } });
  const stored = first.mongo.connection.collection('exchanges');
  const { _id, givenInstanceIds, gotInstanceIds, ...old } = (await stored.findOne({
    _id: exchange!.exchangeId as never,
  }))!;
  const side = { kind: 'benefit', points: 0, pointsValidMonths: 0 };
  const sides = { give: { ...side, stockId: 'milk' }, get: { ...side, stockId: 'shake' } };
  const earlier = { ...old, ...sides, customerId: 'eve', givenInstanceId: single, gotInstanceId: '' };
  await stored.insertOne({ _id: 'earlier' as never, ...earlier });
  clock.advance(60_000);
  await Promise.all([first, second].map((service) => service.app.get(SettleExchangesUseCase).execute()));
  await eventually(async () => {
    expect(await holdingsOf('dee')).toEqual({ 'milk redeemed': 2, 'shake issued': 3 });
    expect(await holdingsOf('eve')).toEqual({ 'milk redeemed': 1, 'shake issued': 1 });
  });
  const again = await swap('milk-for-shakes', 'dee', 'crash', given);
  expect(again.exchange).toMatchObject({ state: 'done', exchangeId: exchange?.exchangeId });
  const listed = await exchanges().listExchanges({ customerId: 'eve', pageSize: 0, pageToken: '' });
  expect(listed.exchanges).toMatchObject([{ state: 'done', givenInstanceIds: [single], give: { count: 1 } }]);
});
