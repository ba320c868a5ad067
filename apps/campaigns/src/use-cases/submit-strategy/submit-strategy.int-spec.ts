import { StrategyChanged, type StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import type { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import {
  actionMessage,
  appTreatment,
  publish,
  scriptMessage,
  startCampaigns,
  strategyMessage,
  type Harness,
} from '../../testing/campaigns-harness';

// Goal: a strategy map goes to review as a whole, or every finding is named.

let harness: Harness;
let audienceSize = 100;
let told: StrategySnapshot[] = [];
let stopListening: () => void;

beforeAll(async () => {
  const previewSegment = () => Promise.resolve({ count: audienceSize, sampleCustomerIds: [], tookMs: 1 });
  harness = await startCampaigns({ customers: { previewSegment } });
  stopListening = harness.service.bus.listen(StrategyChanged, ({ data }) => {
    if (data.snapshot) told.push(data.snapshot);
  });
  const { maker } = harness;
  await maker.putScript({ requestId: 's1', script: scriptMessage() });
  await maker.putScript({ requestId: 's2', script: scriptMessage({ opening: '这只基金稳赚' }) });
  const call = appTreatment({ channel: 'remote_bank', scriptId: 'call', queue: 'rb', benefitStockId: 'packet' });
  await maker.putAction({ requestId: 'a1', action: actionMessage({ treatments: [appTreatment(), call] }) });
});
afterAll(async () => {
  stopListening?.();
  await harness?.stop();
});
beforeEach(() => {
  audienceSize = 100;
  told = [];
});

const refusalOf = (call: Promise<unknown>): Promise<DomainError> =>
  call.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: DomainError) => error,
  );

it('names every finding of the map at once', async () => {
  const { maker, stocks } = harness;
  const endsAt = new Date(Date.now() + 86_400_000);
  stocks.set('packet', { claimEndsAt: new Date(endsAt.getTime() - 1) });
  audienceSize = 0;
  const quotaUses = [{ quotaId: 'none', actionIds: [], channels: [], amount: 1 }];
  const strategy = strategyMessage({ strategyId: 'broken', endsAt, quotaUses });
  await maker.createStrategy({ requestId: 'broken', strategy });
  const refusal = await refusalOf(maker.submitStrategy({ requestId: 'submit-broken', strategyId: 'broken' }));
  expect(refusal.reason).toBe('STRATEGY_INCOMPLETE');
  expect(refusal.violations?.map(({ field, description }) => `${field} ${description.split(':')[0]}`)).toEqual([
    'strategy.segmentId SEGMENT_EMPTY',
    'strategy.actionIds.0.treatments.1 BENEFIT_ENDS_BEFORE_STRATEGY',
    'strategy.quotaUses.0.quotaId QUOTA_UNKNOWN',
    'strategy.actionIds.0.scripts.call.opening COPY_FORBIDDEN_PROMISE',
    'strategy.actionIds.0.scripts.call.opening COPY_RISK_WORDS_MISSING',
  ]);
});

it('publishes the versions that its cells bind, with quotas, scenario and plan', async () => {
  const { stocks, quotas } = harness;
  stocks.set('gift', { totalLimit: 5 });
  quotas.set('budget', { limitAmount: 100 });
  // The first version of the script made no promise.
  const cells = [
    { actionId: 'deposit', channel: 'remote_bank', scriptId: 'call', scriptVersion: 1, benefitStockId: 'gift' },
  ];
  const quotaUses = [{ quotaId: 'budget', actionIds: [], channels: ['remote_bank'], amount: 30 }];
  const plan = { successOutcome: 'converted', windowDays: 30, minGroupSize: 0, expectedLiftBasisPoints: 10 };
  const draft = strategyMessage({
    strategyId: 'whole',
    scenario: { kind: 'product', name: 'maturing-deposit' },
    productId: 'term-deposit-12m',
    cells,
    quotaUses,
    evaluationPlan: { ...plan, reviewAt: undefined },
  });
  const published = await publish(harness, draft);
  expect(published).toMatchObject({ cells, quotaUses, productId: 'term-deposit-12m', evaluationPlan: plan });
  await eventually(() => expect(told).toHaveLength(1));
  expect(told[0]).toMatchObject({
    scriptVersions: { call: 1 },
    strategy: { quotaUses, scenario: { kind: 'product' } },
  });
  expect(told[0]?.actions[0]?.treatments[1]).toMatchObject({ scriptId: 'call', benefitStockId: 'gift' });
});

it('says before publishing that live values are in another currency', async () => {
  const { maker, makerDesk } = harness;
  await maker.putAction({ requestId: 'yuan', action: actionMessage({ actionId: 'yuan' }) });
  await maker.putAction({ requestId: 'dollar', action: actionMessage({ actionId: 'dollar', currency: 'USD' }) });
  await publish(harness, strategyMessage({ strategyId: 'in-yuan', actionIds: ['yuan'] }));
  await maker.createStrategy({
    requestId: 'in-dollar',
    strategy: strategyMessage({ strategyId: 'in-dollar', actionIds: ['dollar'] }),
  });
  const { findings, isReady } = await makerDesk.checkStrategy({ strategyId: 'in-dollar' });
  expect(isReady).toBe(true);
  expect(findings).toContainEqual(
    expect.objectContaining({ field: 'strategy.actionIds', code: 'CURRENCIES_DIFFER', isBlocking: false }),
  );
});
