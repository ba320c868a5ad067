import { Simulation, type StartSimulationRequest } from '@tidegate/contracts/arbitration/v1/simulation';
import { StrategySimulationServiceService } from '@tidegate/contracts/campaigns/v1/strategy_simulation';
import type { DomainError } from '@tidegate/errors';
import { actionMessage, startCampaigns, strategyMessage, type Harness } from '../../testing/campaigns-harness';

// Goal: a draft goes to arbitration whole, as it would be published, before anyone approves it.

let harness: Harness;
const started: StartSimulationRequest[] = [];

beforeAll(async () => {
  harness = await startCampaigns({
    arbitration: {
      startSimulation: (request: StartSimulationRequest) => {
        started.push(request);
        return Promise.resolve({ simulation: Simulation.fromPartial({ simulationId: 'sim-1' }) });
      },
    },
  });
  await harness.maker.putAction({ requestId: 'a', action: actionMessage() });
  await harness.maker.createStrategy({ requestId: 's', strategy: strategyMessage({ strategyId: 'trial' }) });
});
afterAll(() => harness?.stop());

const simulate = (strategyId: string, dayCount = 5, orgPath = 'hq') =>
  harness.service
    .client(StrategySimulationServiceService, { id: 'maker', orgPath })
    .simulateStrategy({ requestId: 'one', strategyId, dayCount, customerCountMax: 500 });
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: DomainError) => error.reason,
  );

it('hands over the draft with its actions and its audience', async () => {
  expect(await simulate('trial')).toEqual({ simulationId: 'sim-1' });
  expect(started).toMatchObject([
    {
      requestId: 'one',
      dayCount: 5,
      customerCountMax: 500,
      snapshot: {
        strategy: { strategyId: 'trial', version: 1, state: 'draft', orgPath: 'hq' },
        actions: [{ actionId: 'deposit' }],
      },
    },
  ]);
});

it('refuses what cannot be simulated', async () => {
  expect(await reasonOf(simulate('none'))).toBe('STRATEGY_NOT_FOUND');
  expect(await reasonOf(simulate('trial', 29))).toBe('VALIDATION_FAILED');
  expect(await reasonOf(simulate('trial', 5, 'hq/east'))).toBe('ORG_OUT_OF_SCOPE');
  await harness.maker.createStrategy({
    requestId: 'empty',
    strategy: strategyMessage({ strategyId: 'empty', actionIds: [] }),
  });
  expect(await reasonOf(simulate('empty'))).toBe('STRATEGY_INCOMPLETE');
  const { strategy } = await harness.maker.submitStrategy({ requestId: 'submit', strategyId: 'trial' });
  const review = { strategyId: 'trial', comment: 'yes', contentHash: strategy!.contentHash };
  await harness.checker.approveStrategy({ requestId: 'approve', ...review });
  expect(await reasonOf(simulate('trial'))).toBe('STRATEGY_NOT_DRAFT');
});
