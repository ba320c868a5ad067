import { SimulationServiceService } from '@tidegate/contracts/arbitration/v1/simulation';
import { BenefitsServiceService, Stock } from '@tidegate/contracts/benefits/v1/benefits';
import { StockReplenished, StockSoldOut, StockStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { MomentDetected, StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { eventually, fakePeer } from '@tidegate/testing';
import { appAction, ArbitrationFixture } from '../testing/arbitration.fixture';
import { idsOf, members, PushRunner } from '../testing/push-runner';

// Goal: a benefit that has run out is not offered in a pull, a preview, a push, a moment or a simulation, and is offered again when a unit
// comes back, whatever of the news arrives, how often and in what order.

const stocks = new Map<string, Partial<Stock>>();
const claimedToday = new Map<string, number>();
/** Codes that pools have left. */
const suppliesLeft = new Map<string, number>();
const NEWS_MS = { timeoutMs: 60_000 };
let benefits: Awaited<ReturnType<typeof fakePeer>>;
let customers: Awaited<ReturnType<typeof fakePeer>>;
let fixture: ArbitrationFixture;

const gift = (stockId: string, actionId: string) =>
  appAction(actionId, { treatments: [{ channel: 'app', title: 'A gift', benefitStockId: stockId }] });

beforeAll(async () => {
  benefits = await fakePeer(BenefitsServiceService, {
    getStocks: async ({ stockIds }) => ({
      stocks: stockIds.flatMap((stockId) => {
        const stock = stocks.get(stockId);
        if (stock === undefined) return [];
        const known = { stockId, state: 'open', totalLimit: 10, timeZone: 'Asia/Shanghai', ...stock };
        const claimedOnDayCount = claimedToday.get(stockId) ?? 0;
        const supplyLeftCount = suppliesLeft.get(stockId);
        return [{ stock: Stock.fromPartial(known), day: '2026-03-02', claimedOnDayCount, supplyLeftCount }];
      }),
    }),
  });
  // Nobody had a moment.
  customers = await fakePeer(CustomersServiceService, { listPastMoments: () => Promise.resolve({ moments: [] }) });
  fixture = await ArbitrationFixture.start(2, { benefits: benefits.url, customers: customers.url });
  await fixture.putPolicy({});
  await fixture.putCustomers([{ customerId: 'ann' }, ...members('m', 6)]);
  suppliesLeft.set('coded', 0);
  for (const stockId of ['packet', 'window', 'silent', 'coded']) {
    stocks.set(stockId, { claimedCount: 9 });
    await fixture.putStrategy(`with-${stockId}`, [gift(stockId, `give-${stockId}`)]);
  }
  await fixture.putStrategy('of-nothing', [gift('nothing', 'give-nothing')]);
  await fixture.putStrategy('sudden', [gift('packet', 'give-suddenly')], {
    momentRules: [{ ruleId: 'r', kind: 'threshold', factType: 't', actionIds: ['give-suddenly'] }],
  });
});
afterAll(async () => {
  await fixture?.stop();
  await Promise.all([benefits?.stop(), customers?.stop()]);
});

/** Reason of each action in a preview, by action. */
async function preview(replica: number): Promise<Record<string, string>> {
  const request = { requestId: '', customerId: 'ann', channels: ['app'], maxActions: 9, isCommitted: false };
  const { decisions } = await fixture.client(replica).decide({ ...request, context: undefined });
  return Object.fromEntries(decisions[0]!.candidates.map(({ actionId, reason }) => [actionId, reason]));
}
const eachReplicaSays = (actionId: string, reason: string): Promise<void> =>
  eventually(async () => {
    for (const replica of [0, 1]) expect(await preview(replica)).toMatchObject({ [actionId]: reason });
  }, NEWS_MS);
const tell = {
  soldOut: (id: string) => fixture.first.publish(StockSoldOut, 'packet', [{ stockId: 'packet' } as never], id),
  replenished: (id: string) => fixture.first.publish(StockReplenished, 'packet', [{ stockId: 'packet' } as never], id),
  state: (state: string) =>
    fixture.first.publish(StockStateChanged, 'packet', [{ stockId: 'packet', state, changedAt: undefined }]),
};
const sellOut = async (): Promise<void> => {
  stocks.set('packet', { claimedCount: 10 });
  await tell.soldOut('s');
  await eachReplicaSays('give-packet', 'BENEFIT_EXHAUSTED');
};

it('follows a stock to its end, back, and to its close', async () => {
  await eachReplicaSays('give-packet', 'CHOSEN');
  await sellOut();
  // Twice, and with old news after it.
  await tell.soldOut('s');
  await tell.replenished('late');
  const pull = { requestId: 'pull', customerId: 'ann', channels: ['app'], maxActions: 9, isCommitted: true };
  const { decisions } = await fixture.client().decide({ ...pull, context: undefined });
  expect(decisions.map(({ actionId }) => actionId)).not.toContain('give-packet');
  expect(decisions[0]?.candidates).toContainEqual(
    expect.objectContaining({ actionId: 'give-packet', reason: 'BENEFIT_EXHAUSTED' }),
  );

  stocks.set('packet', { claimedCount: 9 });
  await tell.replenished('back');
  await eachReplicaSays('give-packet', 'CHOSEN');
  stocks.set('packet', { claimedCount: 9, state: 'closed' });
  await tell.state('closed');
  await eachReplicaSays('give-packet', 'BENEFIT_EXHAUSTED');
});

it('offers nothing of a stock that is not there, and finds out what it was not told of', async () => {
  await eachReplicaSays('give-nothing', 'BENEFIT_EXHAUSTED');
  await eachReplicaSays('give-silent', 'CHOSEN');
  stocks.set('silent', { claimedCount: 0, budgetMinor: 999, faceValueMinor: 1_000 });
  await eachReplicaSays('give-silent', 'BENEFIT_EXHAUSTED');
});

it('offers nothing of a stock whose codes are gone, and offers it again when there are some', async () => {
  await eachReplicaSays('give-coded', 'BENEFIT_EXHAUSTED');
  suppliesLeft.set('coded', 1);
  await fixture.first.publish(StockReplenished, 'coded', [{ stockId: 'coded' } as never], 'coded-filled');
  await eachReplicaSays('give-coded', 'CHOSEN');
});

it('stops pushes, moments and simulated days too', async () => {
  await sellOut();
  const runner = new PushRunner(fixture);
  const ids = idsOf(members('m', 6));
  const pushId = await runner.start('with-packet', ids);
  expect(await runner.finished(pushId)).toMatchObject({ state: 'completed' });
  const pushed = await runner.decisionsOf(pushId);
  expect(pushed.map(({ reason }) => reason)).toEqual(ids.map(() => 'BENEFIT_EXHAUSTED'));

  const moment = {
    momentId: 'now',
    customerId: 'ann',
    strategyId: 'sudden',
    ruleId: 'r',
    actionIds: ['give-suddenly'],
  };
  await fixture.first.publish(MomentDetected, 'now', [MomentDetected.fromPartial({ ...moment, factId: 'f' })]);
  await eventually(async () => {
    const page = { customerId: 'ann', pageSize: 0, pageToken: '' };
    const { decisions } = await fixture.client().listDecisions(page);
    expect(decisions.find(({ momentId }) => momentId === 'now')).toMatchObject({ reason: 'BENEFIT_EXHAUSTED' });
  }, NEWS_MS);

  // The draft's stock is of no strategy in force.
  stocks.set('drafted', { claimedCount: 10 });
  const snapshot = StrategySnapshot.fromPartial({
    strategy: {
      strategyId: 'draft',
      version: 1,
      orgPath: 'hq',
      state: 'draft',
      momentRules: [{ ruleId: 'r', kind: 'threshold', factType: 't', actionIds: ['waits'] }],
    },
    actions: [gift('drafted', 'give'), gift('drafted', 'waits')].map((action) => ({
      ...action,
      purpose: 'marketing',
      valueMinor: 1,
    })) as never,
    revision: 1,
  });
  const simulations = fixture.first.client(SimulationServiceService);
  const started = await simulations.startSimulation({ requestId: 's', snapshot, dayCount: 1, customerCountMax: 0 });
  const { simulationId } = started.simulation!;
  await eventually(async () => {
    const { simulation } = await simulations.getSimulation({ simulationId });
    expect(simulation).toMatchObject({
      state: 'completed',
      report: {
        reachedCount: 0,
        nothingCountByReason: { BENEFIT_EXHAUSTED: 7 },
        notPlayedActionIds: [],
        liveNotPlayedCount: 0,
      },
    });
  }, NEWS_MS);
});

it('gives a push the units that its stocks have left, and today’s, to those who are worth most, parts of whole bundles counted in', async () => {
  const many = members('u', 12);
  await fixture.putCustomers(many);
  stocks.set('scarce', { claimedCount: 6 });
  stocks.set('daily', { claimedCount: 0, dailyLimit: 5 });
  claimedToday.set('daily', 3);
  stocks.set('whole', { claimedCount: 0, bundleStockIds: ['part', 'scarce'], isBundleWhole: true });
  stocks.set('part', { claimedCount: 9 });
  await fixture.putStrategy('scarce-push', [
    gift('scarce', 'give-scarce'),
    gift('daily', 'give-daily'),
    gift('whole', 'give-whole'),
  ]);
  for (const action of ['scarce', 'daily', 'whole']) await eachReplicaSays(`give-${action}`, 'CHOSEN');
  const runner = new PushRunner(fixture);
  const pushId = await runner.start('scarce-push', idsOf(many));
  const push = await runner.finished(pushId);
  expect(push).toMatchObject({ state: 'completed', chosenCount: 6 });
  const used = Object.fromEntries(push.limits.map(({ limit, max, used }) => [limit, [max, used]]));
  // Four of one, one of which may go with the bundle, and two of today's.
  expect(used).toMatchObject({
    'stock:scarce': [4, 4],
    'stock:daily': [2, 2],
    'stock:whole': [10, expect.any(Number)],
  });
  expect(used['stock:part']![1]).toBeLessThanOrEqual(1);
  const lost = (await runner.decisionsOf(pushId)).filter(({ isChosen }) => !isChosen);
  expect(lost.map(({ reason }) => reason)).toEqual(new Array(6).fill('BENEFIT_EXHAUSTED'));
  expect(lost.every(({ lostTo }) => lostTo.startsWith('stock:'))).toBe(true);
});

it('follows the limit of a day, and offers again on the next', async () => {
  claimedToday.set('daily', 5);
  await eachReplicaSays('give-daily', 'BENEFIT_EXHAUSTED');
  fixture.clock.advance(16 * 3_600_000);
  await eachReplicaSays('give-daily', 'CHOSEN');
  fixture.clock.advance(-16 * 3_600_000);
});

it('stops at the end of the claim window, and answers from what it knows while benefits is away', async () => {
  stocks.set('window', { claimedCount: 9, claimEndsAt: new Date(fixture.clock.now().getTime() + 60_000) });
  await fixture.first.publish(StockStateChanged, 'window', [
    { stockId: 'window', state: 'open', changedAt: undefined },
  ]);
  await eachReplicaSays('give-window', 'CHOSEN');
  await eachReplicaSays('give-packet', 'BENEFIT_EXHAUSTED');
  await benefits.stop();
  fixture.clock.advance(60_000);
  await eachReplicaSays('give-packet', 'BENEFIT_EXHAUSTED');
  await eachReplicaSays('give-window', 'BENEFIT_EXHAUSTED');
});
