import { SimulationServiceService, type Simulation } from '@tidegate/contracts/arbitration/v1/simulation';
import { StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { BenefitsServiceService, Stock } from '@tidegate/contracts/benefits/v1/benefits';
import { eventually, fakePeer } from '@tidegate/testing';
import { StockPromiseRepository } from '../repositories/stock-promise.repository';
import { appAction, ArbitrationFixture } from '../testing/arbitration.fixture';
import { idsOf, members, PushRunner } from '../testing/push-runner';

// Goal: over its days a simulation gives no more units of a benefit than there are and others may have, and says who had none for it.

jest.setTimeout(180_000);

const WAIT = { timeoutMs: 90_000 };
const STOCKS: Record<string, Partial<Stock>> = {
  scarce: { totalLimit: 10 },
  daily: { totalLimit: 100, dailyLimit: 2 },
};
let benefits: Awaited<ReturnType<typeof fakePeer>>;
let fixture: ArbitrationFixture;

const gift = (actionId: string, benefitStockId: string, valueMinor: number) =>
  appAction(actionId, { treatments: [{ channel: 'app', title: 'A gift', benefitStockId }], valueMinor });
const among = (crowd: string) => ({ field: 'attributes.crowd', op: 'eq', value: crowd });
const crowd = (name: string, count: number, attributes: Record<string, unknown>) =>
  members(name, count).map((member) => ({ ...member, attributes }));

beforeAll(async () => {
  benefits = await fakePeer(BenefitsServiceService, {
    getStocks: ({ stockIds }) => {
      const stocks = stockIds.flatMap((stockId) => {
        const known = { stockId, state: 'open', timeZone: 'Asia/Shanghai', ...STOCKS[stockId] };
        return [{ stock: Stock.fromPartial(known), day: '2026-03-02', claimedOnDayCount: 0 }];
      });
      return Promise.resolve({ stocks });
    },
  });
  fixture = await ArbitrationFixture.start(1, { benefits: benefits.url });
  await fixture.putPolicy({});
  await fixture.putCustomers([
    ...crowd('pushed', 3, { crowd: 'pushed' }),
    ...crowd('both', 4, { crowd: 'both', isMeant: true }),
    ...crowd('own', 8, { crowd: 'own', isMeant: true }),
  ]);
  await fixture.putStrategy('pushed', [gift('push', 'scarce', 1)], {}, { audience: among('nobody') });
  await fixture.putStrategy('rival', [gift('rival-gift', 'scarce', 500)], {}, { audience: among('both') });
  // Three of the ten are promised before anything is simulated.
  const run = new PushRunner(fixture);
  const done = await run.finished(await run.start('pushed', idsOf(members('pushed', 3))));
  expect(done).toMatchObject({ chosenCount: 3 });
});
afterAll(async () => {
  await fixture?.stop();
  await benefits?.stop();
});

async function simulate(strategyId: string, stockId: string, dayCount: number): Promise<Simulation> {
  const snapshot = StrategySnapshot.fromPartial({
    strategy: { strategyId, version: 1, orgPath: 'hq', state: 'draft' },
    actions: [{ ...gift(`${strategyId}-gift`, stockId, 100), purpose: 'marketing' }] as never,
    audience: { field: 'attributes.isMeant', op: 'eq', value: true },
    revision: 9,
  });
  const client = fixture.first.client(SimulationServiceService);
  const request = { requestId: strategyId, snapshot, dayCount, customerCountMax: 0 };
  const { simulationId } = (await client.startSimulation(request)).simulation!;
  return eventually(async () => {
    const { simulation } = await client.getSimulation({ simulationId });
    if (simulation?.state !== 'completed') throw new Error(`it is ${simulation?.state}`);
    return simulation;
  }, WAIT);
}
const promised = async () => {
  const { app, clock } = { app: fixture.first.app, clock: fixture.clock };
  const book = await app.get(StockPromiseRepository).openBook(['scarce'], { now: clock.now() });
  return book.promisesOf('scarce').map(({ day, promisedCount }) => [day, promisedCount]);
};

it('of all days together, less what pushes promised, and tells who else uses them', async () => {
  const before = await promised();
  expect(before).toEqual([['2026-03-02', 3]]);
  const { report } = await simulate('spring', 'scarce', 2);
  // Seven are left. With the draft they are gone on the first day: four to the rival, to whom they are worth more, three to the draft.
  expect(report!.volumes).toEqual([
    { day: '2026-03-03', channel: 'app', draftCount: 7, liveCount: 4, draftValue: 2_300, liveValue: 2_000 },
    { day: '2026-03-04', channel: 'app', draftCount: 0, liveCount: 3, draftValue: 0, liveValue: 1_500 },
  ]);
  expect(report).toMatchObject({
    audienceCount: 12,
    reachedCount: 3,
    nothingCountByReason: { OUTRANKED: 4, BENEFIT_EXHAUSTED: 5 },
    // On each of the two days there were customers of the draft for each of the rival's four.
    conflicts: [{ strategyId: 'rival', lostCount: 4, tookCount: 0, contactLimitCount: 0, exhaustedCount: 8 }],
  });
  expect(await promised()).toEqual(before);
});

it('of each day what its own limit allows', async () => {
  const { report } = await simulate('autumn', 'daily', 3);
  const { strategies, nothingCountByReason, conflicts } = report!;
  expect(strategies.find(({ strategyId }) => strategyId === 'autumn')).toMatchObject({ draftCount: 6, liveCount: 0 });
  expect(nothingCountByReason).toMatchObject({ BENEFIT_EXHAUSTED: expect.any(Number) });
  expect(conflicts).toMatchObject([{ strategyId: 'rival', exhaustedCount: 0 }]);
});
