import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { DomainError, refused } from '@tidegate/errors';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../../../benefits-services';
import { BenefitsModule } from '../../../benefits.module';
import { BenefitGranter } from '../../../granting/benefit-granter';
import { PointsBook } from '../../../points/repositories/points-book';
import { aStock } from '../../../testing/stock.factory';
import { ExchangeCommitter } from '../../exchange-committer';
import { aBenefit, anExchangeOffer, somePoints } from '../../testing/exchange.factory';
import { SettleExchangesUseCase } from './settle-exchanges.use-case';

// Goal: both sides or neither, also when two replicas try at once to end an exchange and one is refused what the other is granted.

const OFFER = 'ten-for-parking';
const clock = new FakeClock();
let first: TestService;
let second: TestService;

beforeAll(async () => {
  first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
  second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
  const stock = { ...aStock({ stockId: 'parking', perCustomerLimit: 0 }), claimedCount: 0 };
  await first.client(BenefitsServiceService).createStock({ requestId: 'parking', stock });
  const made = anExchangeOffer({ give: somePoints(10), get: aBenefit('parking') }, { definitionId: OFFER });
  await first.client(ExchangeServiceService).createExchangeOffer({ requestId: OFFER, offer: made });
  const checker = first.client(ExchangeServiceService, { id: 'checker' });
  await checker.moveExchangeOffer({ requestId: OFFER, definitionId: OFFER, move: 'approve' });
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});
afterEach(() => jest.restoreAllMocks());

const granters = () => [first, second].map(({ app }) => app.get(BenefitGranter)) as [BenefitGranter, BenefitGranter];
const soldOut = () => refused('STOCK_SOLD_OUT', 'for a test');
const sweep = (service: TestService) => service.app.get(SettleExchangesUseCase).execute();

async function stateOf(customerId: string) {
  const { exchanges } = await first
    .client(ExchangeServiceService)
    .listExchanges({ customerId, pageSize: 0, pageToken: '' });
  const asked = { customerId, pageSize: 0, pageToken: '', state: '', group: '' };
  const { instances } = await first.client(BenefitsServiceService).listWallet(asked);
  const { points } = await first.client(PointsServiceService).getPointsBalance({ customerId });
  return { exchange: exchanges[0]?.state, held: instances.map(({ instanceId }) => instanceId), points };
}

/** An exchange whose points are taken and whose other side nobody could grant so far. */
async function leaveOpen(customerId: string): Promise<void> {
  await first.mongo.transaction(async (tx) => {
    const [book, move] = [first.app.get(PointsBook), { customerId, reference: 'test' }];
    const batch = await book.open([move], clock.now(), tx);
    batch.reward(move, { points: 10, orgPath: 'hq', expiresAt: new Date('2027-01-01Z') });
    await book.save(batch, tx);
  });
  const gone = new DomainError({ code: 'UNAVAILABLE', reason: 'GONE', message: 'for a test' });
  const spies = granters().map((granter) => jest.spyOn(granter, 'grant').mockRejectedValue(gone));
  const command = { requestId: 'swap', offerId: OFFER, customerId, instanceId: '', instanceIds: [] };
  await eventually(async () => {
    const { exchange } = await first.client(ExchangeServiceService).exchange(command);
    expect(exchange?.state).toBe('open');
  });
  for (const spy of spies) spy.mockRestore();
}

it('is done when another attempt was granted what this one was refused', async () => {
  await leaveOpen('early');
  const committer = second.app.get(ExchangeCommitter);
  const note = committer.settle.bind(committer);
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  // The second grants, and notes so only when the first has noted its refusal.
  jest.spyOn(committer, 'settle').mockImplementation(async (...noted) => {
    await released;
    return note(...noted);
  });
  jest.spyOn(granters()[0], 'grant').mockImplementation(async () => {
    await eventually(async () => expect((await stateOf('early')).held).toHaveLength(1));
    throw soldOut();
  });
  clock.advance(60_000);
  const late = sweep(second);
  await sweep(first);
  await eventually(async () => expect((await stateOf('early')).exchange).not.toBe('open'));
  release();
  await late;
  expect(await stateOf('early')).toMatchObject({ exchange: 'done', held: [expect.any(String)], points: 0 });
  const { exchanges } = await first
    .client(ExchangeServiceService)
    .listExchanges({ customerId: 'early', pageSize: 0, pageToken: '' });
  expect([exchanges[0]!.gotInstanceId]).toEqual((await stateOf('early')).held);
});

it('grants nothing any more when another attempt has put the given side back', async () => {
  await leaveOpen('tardy');
  const granter = granters()[1];
  const grant = granter.grant.bind(granter);
  const reasons: string[] = [];
  jest.spyOn(granter, 'grant').mockImplementation(async (command) => {
    await eventually(async () => expect((await stateOf('tardy')).exchange).toBe('refused'));
    return grant(command).catch((error: DomainError) => {
      reasons.push(error.reason);
      throw error;
    });
  });
  jest.spyOn(granters()[0], 'grant').mockRejectedValue(soldOut());
  clock.advance(60_000);
  await Promise.all([sweep(second), sweep(first)]);
  expect(new Set(reasons)).toEqual(new Set(['EXCHANGE_REFUSED']));
  expect(await stateOf('tardy')).toEqual({ exchange: 'refused', held: [], points: 10 });
});

it('moves both sides or neither of many exchanges that one replica grants and another is refused at once', async () => {
  const customers = Array.from({ length: 16 }, (_, index) => `crowd-${index}`);
  for (const customerId of customers) await leaveOpen(customerId);
  const granter = granters()[0];
  jest.spyOn(granter, 'grant').mockImplementation(async () => {
    // About as long as a grant takes, so that either may be first.
    await stateOf('crowd-0');
    throw soldOut();
  });
  clock.advance(60_000);
  await Promise.all([sweep(second), sweep(first)]);
  await eventually(async () => {
    for (const customerId of customers) expect((await stateOf(customerId)).exchange).not.toBe('open');
  });
  for (const customerId of customers) {
    const { exchange, held, points } = await stateOf(customerId);
    expect([exchange, held.length, points]).toEqual(exchange === 'done' ? ['done', 1, 0] : ['refused', 0, 10]);
  }
  expect((await first.client(BenefitsServiceService).getTrialBalance({ at: undefined })).trialBalanceMinor).toBe(0);
});
