import { BenefitsServiceService, type ClaimBenefitRequest } from '@tidegate/contracts/benefits/v1/benefits';
import { BenefitClaimed, ClaimsRefused } from '@tidegate/contracts/benefits/v1/benefits_events';
import type { DomainError } from '@tidegate/errors';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BenefitsModule } from '../../benefits.module';
import { SoldOutTakers } from '../../granting/sold-out-takers';
import { InstanceRepository } from '../../repositories/instance.repository';
import { StockCatalogue } from '../../repositories/stock-catalogue';
import { aStock } from '../../testing/stock.factory';

// Goal: under any concurrency and over two replicas a stock gives exactly what it has, at most one to each customer.

const clock = new FakeClock();
let first: TestService;
let second: TestService;
let claimed: string[];

beforeAll(async () => {
  first = await startTestService(BenefitsModule, { grpc: [BenefitsServiceService], clock });
  second = await startTestService(BenefitsModule, { grpc: [BenefitsServiceService], clock, shareWith: first });
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});
beforeEach(() => {
  claimed = [];
});

const open = async (stockId: string, overrides = {}): Promise<void> => {
  const stock = { ...aStock({ stockId, ...overrides }), claimedCount: 0 };
  await first.client(BenefitsServiceService).createStock({ requestId: `create-${stockId}`, stock });
};
const request = (stockId: string, customer: number, requestId = `${stockId}-${customer}`): ClaimBenefitRequest => ({
  requestId,
  stockId,
  customerId: `c-${customer}`,
  decisionId: '',
});
const claimAll = async (requests: ClaimBenefitRequest[], replicas: TestService[]): Promise<Record<string, number>> => {
  const clients = replicas.map((replica) => replica.client(BenefitsServiceService));
  const outcomes: Record<string, number> = {};
  await Promise.all(
    requests.map(async (each, index) => {
      const client = clients[index % clients.length]!;
      const reason = await client.claimBenefit(each).then(
        ({ instance }) => {
          claimed.push(instance!.instanceId);
          return 'claimed';
        },
        (error: DomainError) => error.reason,
      );
      outcomes[reason] = (outcomes[reason] ?? 0) + 1;
    }),
  );
  return outcomes;
};

it.each([['one replica'], ['two replicas']])(
  'gives exactly 300 of 300 to 2,000 callers of 1,000 customers on %s',
  async (label) => {
    const stockId = label.replace(' ', '-');
    await open(stockId);
    const requests = Array.from({ length: 2_000 }, (_, index) =>
      request(stockId, index % 1_000, `${stockId}-${index}`),
    );
    const outcomes = await claimAll(requests, label === 'one replica' ? [first] : [first, second]);

    expect(outcomes.claimed).toBe(300);
    expect((outcomes.STOCK_SOLD_OUT ?? 0) + (outcomes.CUSTOMER_LIMIT_REACHED ?? 0)).toBe(1_700);
    const instances = await first.mongo.connection.collection('instances').find({ stockId }).toArray();
    expect(instances).toHaveLength(300);
    expect(new Set(instances.map(({ customerId }) => customerId as string)).size).toBe(300);
    expect(new Set(claimed).size).toBe(300);
    const { trialBalanceMinor } = await first.client(BenefitsServiceService).getTrialBalance({ at: undefined });
    expect(trialBalanceMinor).toBe(0);
  },
);

it('counts what those have who come again among many who are new', async () => {
  await open('mixed', { totalLimit: 10_000, perCustomerLimit: 2 });
  const wave = (name: string, from: number, to: number): ClaimBenefitRequest[] =>
    Array.from({ length: to - from }, (_, index) => request('mixed', from + index, `mixed-${name}-${from + index}`));
  expect(await claimAll(wave('one', 0, 300), [first])).toEqual({ claimed: 300 });
  expect(await claimAll([...wave('two', 0, 600), ...wave('twin', 550, 600)], [first])).toEqual({ claimed: 650 });
  // Some are at their limit, some have one, some are new; all repeat what they asked before, too.
  const again = [...wave('three', 200, 900), ...wave('one', 0, 100)];
  expect(await claimAll(again, [first, second])).toEqual({ claimed: 550 + 100, CUSTOMER_LIMIT_REACHED: 150 });
  const { stock } = await first.client(BenefitsServiceService).getStock({ stockId: 'mixed' });
  expect(stock?.claimedCount).toBe(300 + 650 + 550);
});

it('answers a repeated request id with the first instance, also after the stock is sold out', async () => {
  await open('repeats', { totalLimit: 1 });
  const client = first.client(BenefitsServiceService);
  const original = await client.claimBenefit(request('repeats', 1));
  const again = await client.claimBenefit(request('repeats', 1));
  await expect(client.claimBenefit(request('repeats', 2))).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
  const afterSoldOut = await client.claimBenefit(request('repeats', 1));

  expect(original.isRepeat).toBe(false);
  expect([again, afterSoldOut].map(({ instance, isRepeat }) => [instance?.instanceId, isRepeat])).toEqual([
    [original.instance?.instanceId, true],
    [original.instance?.instanceId, true],
  ]);
  await open('repeats-other');
  await expect(client.claimBenefit(request('repeats-other', 1, 'repeats-1'))).rejects.toMatchObject({
    reason: 'REQUEST_ID_REUSED',
  });
});

it('looks nobody up after the sell-out but winners, on both replicas, also when a unit came back', async () => {
  await open('memory', { totalLimit: 20 });
  await claimAll(
    Array.from({ length: 20 }, (_, index) => request('memory', index)),
    [first],
  );
  const lookUps = [first, second].map(({ app }) => jest.spyOn(app.get(InstanceRepository), 'findGathered'));
  for (const [index, replica] of [first, second].entries()) {
    const client = replica.client(BenefitsServiceService);
    let stranger = 100;
    await eventually(async () => {
      lookUps[index]!.mockClear();
      const refusal = client.claimBenefit(request('memory', (stranger += 1)));
      await expect(refusal).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
      expect(lookUps[index]).not.toHaveBeenCalled();
    });
    expect(await client.claimBenefit(request('memory', 7))).toMatchObject({ isRepeat: true });
  }

  const { instance } = await first.client(BenefitsServiceService).claimBenefit(request('memory', 3));
  const taken = { requestId: 'memory-void', instanceId: instance!.instanceId, reason: 'mistake' };
  await first.client(BenefitsServiceService).voidInstance(taken);
  await eventually(async () => {
    await first.client(BenefitsServiceService).claimBenefit(request('memory', 500));
  });
  const late = first.client(BenefitsServiceService).claimBenefit(request('memory', 501));
  await expect(late).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
  expect(await first.client(BenefitsServiceService).claimBenefit(request('memory', 500))).toMatchObject({
    isRepeat: true,
  });
  await eventually(async () => {
    const again = await second.client(BenefitsServiceService).claimBenefit(request('memory', 500));
    expect(again).toMatchObject({ isRepeat: true });
  });
  jest.restoreAllMocks();
});

it('never tells a winner of a unit that came back that he won nothing, wherever he asks again', async () => {
  await open('returned', { totalLimit: 1 });
  const [here, there] = [first.client(BenefitsServiceService), second.client(BenefitsServiceService)];
  const takers = second.app.get(SoldOutTakers);
  const catalogue = second.app.get(StockCatalogue);
  let holder = 0;
  let { instance } = await here.claimBenefit(request('returned', holder));
  for (let round = 0; round < 10; round += 1) {
    // Until the other replica refuses from memory.
    await eventually(async () => {
      await expect(there.claimBenefit(request('returned', 1_000))).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
      const view = await takers.ask(await catalogue.get('returned'), 'c-1000');
      expect(view).toEqual({ hasUnits: false, mayHaveClaimed: false });
    });
    await here.voidInstance({ requestId: `back-${round}`, instanceId: instance!.instanceId, reason: 'mistake' });
    holder += 1;
    instance = await eventually(async () => (await here.claimBenefit(request('returned', holder))).instance);
    // The news of the unit is late there.
    catalogue.markSoldOut('returned', Date.now() + 60_000);
    expect(await there.claimBenefit(request('returned', holder))).toMatchObject({ isRepeat: true });
  }
});

it('gives a unit that came back also where no news of it arrived', async () => {
  await open('lost-news', { totalLimit: 1 });
  const [here, there] = [first.client(BenefitsServiceService), second.client(BenefitsServiceService)];
  const { instance } = await here.claimBenefit(request('lost-news', 1));
  const refused = there.claimBenefit(request('lost-news', 2));
  await expect(refused).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
  await here.voidInstance({ requestId: 'lost-news', instanceId: instance!.instanceId, reason: 'mistake' });
  // It is held for sold out there, as if no news had come.
  const catalogue = second.app.get(StockCatalogue);
  catalogue.markSoldOut('lost-news', Date.now() + 60_000);
  expect(catalogue.isSoldOut('lost-news')).toBe(true);
  expect(await there.claimBenefit(request('lost-news', 3))).toMatchObject({ isRepeat: false });
});

it('publishes one event for each claim and a tally of refusals', async () => {
  const heard: string[] = [];
  let refused = 0;
  const stopListening = [
    first.bus.listen(BenefitClaimed, ({ data }) => data.stockId === 'told' && heard.push(data.instanceId)),
    first.bus.listen(ClaimsRefused, ({ data }) => data.stockId === 'told' && (refused += data.count)),
  ];
  await open('told', { totalLimit: 20 });
  await claimAll(
    Array.from({ length: 50 }, (_, index) => request('told', index)),
    [first, second],
  );
  await eventually(() => {
    expect(heard.sort()).toEqual(claimed.sort());
    expect(refused).toBe(30);
  });
  for (const stop of stopListening) stop();
});

it('tells an early caller the server’s clock and refuses bad input by field', async () => {
  await open('early', { claimStartsAt: new Date('2026-03-05T00:00:00Z') });
  const client = first.client(BenefitsServiceService);
  await expect(client.claimBenefit(request('early', 1))).rejects.toMatchObject({
    reason: 'CLAIM_NOT_STARTED',
    metadata: { serverTime: clock.now().toISOString(), startsAt: '2026-03-05T00:00:00.000Z' },
  });
  await expect(client.claimBenefit(request('nowhere', 1))).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'STOCK_NOT_FOUND',
  });
  await expect(client.claimBenefit({ ...request('early', 1), requestId: '' })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
    violations: [{ field: 'requestId' }],
  });
  await expect(client.createStock({ requestId: 'no-stock', stock: undefined })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
    violations: [{ field: 'stock' }],
  });
  await expect(
    first.client(BenefitsServiceService, { kind: 'customer', id: 'c-2' }).claimBenefit(request('early', 1)),
  ).rejects.toMatchObject({ code: 'PERMISSION_DENIED', reason: 'NOT_YOURS' });
});
