import { Quota } from '@tidegate/contracts/arbitration/v1/quotas';
import { SimulationServiceService, type SimulatedCustomer } from '@tidegate/contracts/arbitration/v1/simulation';
import type { Simulation } from '@tidegate/contracts/arbitration/v1/simulation';
import { StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { eventually } from '@tidegate/testing';
import { appAction, ArbitrationFixture } from '../testing/arbitration.fixture';
import { members } from '../testing/push-runner';

// Goal: simulated days give a shared quota anew in each of its periods, and draw the exploration share as decisions do.

jest.setTimeout(180_000);

const CUSTOMERS = 40;
let fixture: ArbitrationFixture;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  await fixture.putPolicy({});
  await fixture.putCustomers(members('c', CUSTOMERS));
  const daily = { quotaId: 'daily', name: 'Daily', kind: 'volume', period: 'day', orgPath: 'hq', limitAmount: 3 };
  await fixture.quotas().putQuota({ requestId: 'daily', quota: Quota.fromPartial(daily) });
});
afterAll(() => fixture?.stop());

async function simulate(
  requestId: string,
  actions: ReturnType<typeof appAction>[],
  strategy: Record<string, unknown>,
  dayCount: number,
): Promise<{ simulation: Simulation; customers: SimulatedCustomer[] }> {
  const snapshot = StrategySnapshot.fromPartial({
    strategy: { strategyId: 'spring', version: 1, orgPath: 'hq', state: 'draft', ...strategy },
    actions: actions.map((action) => ({ purpose: 'marketing', valueMinor: 100, ...action })) as never,
    revision: 9,
  });
  const client = fixture.first.client(SimulationServiceService);
  const started = await client.startSimulation({ requestId, snapshot, dayCount, customerCountMax: 0 });
  const { simulationId } = started.simulation!;
  const simulation = await eventually(
    async () => {
      const { simulation: now } = await client.getSimulation({ simulationId });
      if (now?.state !== 'completed') throw new Error(`it is ${now?.state}`);
      return now;
    },
    { timeoutMs: 90_000 },
  );
  const page = { simulationId, reason: '', change: '', pageSize: 100, pageToken: '' };
  return { simulation, customers: (await client.listSimulationCustomers(page)).customers };
}

it('gives a quota of a day anew on each day', async () => {
  const quotaUses = [{ quotaId: 'daily', actionIds: [], channels: [], amount: 1 }];
  const { simulation } = await simulate('quota', [appAction('gift')], { quotaUses }, 2);
  expect(simulation.report!.volumes).toEqual([
    { day: '2026-03-03', channel: 'app', draftCount: 3, liveCount: 0, draftValue: 300, liveValue: 0 },
    { day: '2026-03-04', channel: 'app', draftCount: 3, liveCount: 0, draftValue: 300, liveValue: 0 },
  ]);
});

it('draws one of the candidates in the exploration share, the same ones in every run', async () => {
  const actions = [appAction('best'), appAction('second', { valueMinor: 50 })];
  const given = async (requestId: string, explorationBasisPoints: number) => {
    const { simulation, customers } = await simulate(requestId, actions, { explorationBasisPoints }, 1);
    const actionIds = customers.map(({ draftContacts }) => draftContacts[0]?.actionId);
    const [{ draftValue } = { draftValue: 0 }] = simulation.report!.volumes;
    return { actionIds, draftValue };
  };
  const [none, half, again] = [await given('none', 0), await given('half', 5_000), await given('again', 5_000)];
  expect(none).toEqual({ actionIds: new Array(CUSTOMERS).fill('best'), draftValue: CUSTOMERS * 100 });
  const seconds = half.actionIds.filter((actionId) => actionId === 'second').length;
  // A quarter of them, whose draws are fixed.
  expect(seconds).toBeGreaterThan(3);
  expect(seconds).toBeLessThan(20);
  expect(half.actionIds.every((actionId) => actionId === 'best' || actionId === 'second')).toBe(true);
  expect(half.draftValue).toBe(CUSTOMERS * 100 - seconds * 50);
  expect(again).toEqual(half);
});
