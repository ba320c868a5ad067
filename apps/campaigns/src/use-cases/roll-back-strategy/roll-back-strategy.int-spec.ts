import { CampaignsServiceService } from '@tidegate/contracts/campaigns/v1/campaigns';
import { StrategyChanged, type StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { StrategyDeskServiceService } from '@tidegate/contracts/campaigns/v1/strategy_desk';
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

// Goal: one call brings back what was reviewed before, a person can read what changed, and each may do only what is theirs.

let harness: Harness;
const told: StrategySnapshot[] = [];
let stopListening: () => void;
const strategyId = 'calls';

const call = (title: string) => appTreatment({ channel: 'remote_bank', title, scriptId: 'call', queue: 'rb' });
const draft = (version: number, overrides = {}) =>
  strategyMessage({ strategyId, version, channels: ['remote_bank', 'app'], ...overrides });

beforeAll(async () => {
  harness = await startCampaigns();
  stopListening = harness.service.bus.listen(StrategyChanged, ({ data }) => {
    if (data.snapshot?.strategy?.strategyId === strategyId) told.push(data.snapshot);
  });
  const { maker } = harness;
  await maker.putScript({ requestId: 's1', script: scriptMessage() });
  const action = actionMessage({ treatments: [call('First title'), appTreatment()] });
  await maker.putAction({ requestId: 'a1', action });
  await publish(harness, draft(0));
  // What the catalogue says now is not what the first version was reviewed with.
  await maker.putScript({ requestId: 's2', script: scriptMessage({ opening: 'Good evening, {{agent.name}} here.' }) });
  const eligibility = { field: 'attributes.age', op: 'gte', value: 18 };
  await maker.putAction({
    requestId: 'a2',
    action: { ...action, treatments: [call('Second title'), appTreatment()], eligibility },
  });
  await publish(harness, draft(1, { channels: ['app', 'remote_bank'], holdoutBasisPoints: 500, name: 'Calls, again' }));
  await eventually(() => expect(told).toHaveLength(2));
});
afterAll(async () => {
  stopListening?.();
  await harness?.stop();
});

const reasonOf = (refused: Promise<unknown>): Promise<string> =>
  refused.then(
    () => 'done',
    (error: DomainError) => error.reason,
  );
const rollBack = (overrides = {}) => ({
  requestId: 'back',
  strategyId,
  version: 0,
  comment: 'too many calls',
  ...overrides,
});

it('says what changed, for a person', async () => {
  const { differences } = await harness.checkerDesk.diffStrategyVersions({ strategyId, fromVersion: 1, toVersion: 2 });
  expect(differences.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    'changed: The name changes from "Deposit by app" to "Calls, again".',
    'moved: The channel order: the order is now app > remote_bank; it was remote_bank > app.',
    'changed: The control group changes from 0 % to 5 %.',
    'added: The eligibility of action deposit is added: age is at least 18.',
    'changed: The title of action deposit on remote_bank changes from "First title" to "Second title".',
    'changed: The version of script call changes from 1 to 2.',
    'changed: The opening of script call changes from "This is {{agent.name}}." to "Good evening, {{agent.name}} here.".',
  ]);
});

it('is a checker’s to do, and not for the makers of what comes back', async () => {
  const { makerDesk, checkerDesk, service } = harness;
  const role = (id: string, ...roles: string[]) => service.client(StrategyDeskServiceService, { id, roles });
  expect(await reasonOf(role('x', 'maker').rollBackStrategy(rollBack()))).toBe('DUTY_NOT_HELD');
  expect(await reasonOf(makerDesk.rollBackStrategy(rollBack()))).toBe('APPROVER_IS_MAKER');
  expect(await reasonOf(checkerDesk.rollBackStrategy(rollBack({ version: 2 })))).toBe('VERSION_NEVER_PUBLISHED');
  expect(await reasonOf(checkerDesk.rollBackStrategy(rollBack({ version: 9 })))).toBe('STRATEGY_NOT_FOUND');
  const east = service.client(StrategyDeskServiceService, { id: 'east', orgPath: 'hq/east' });
  expect(await reasonOf(east.rollBackStrategy(rollBack()))).toBe('ORG_OUT_OF_SCOPE');
  const maker = service.client(CampaignsServiceService, { id: 'y', roles: ['maker'] });
  expect(await reasonOf(maker.approveStrategy({ requestId: 'no', strategyId, comment: '', contentHash: 'x' }))).toBe(
    'DUTY_NOT_HELD',
  );
  const reviewer = service.client(CampaignsServiceService, { id: 'z', roles: ['reviewer'] });
  expect(await reasonOf(reviewer.moveStrategy({ requestId: 'no', strategyId, move: 'pause' }))).toBe('DUTY_NOT_HELD');
  expect(await reasonOf(reviewer.submitStrategy({ requestId: 'no', strategyId }))).toBe('DUTY_NOT_HELD');
});

it('puts the earlier version in force as it was compiled then, and once', async () => {
  const { checkerDesk } = harness;
  const both = await Promise.all([checkerDesk.rollBackStrategy(rollBack()), checkerDesk.rollBackStrategy(rollBack())]);
  expect(both[0]).toEqual(both[1]);
  expect(both[0].strategy).toMatchObject({
    version: 3,
    restoredVersion: 1,
    state: 'published',
    name: 'Deposit by app',
    reviewedBy: 'checker',
    reviewComment: 'too many calls',
  });
  await eventually(() => expect(told).toHaveLength(3));
  expect(told[2]).toMatchObject({ revision: 3, scriptVersions: { call: 1 }, strategy: { version: 3 } });
  expect(told[2]?.actions[0]).toMatchObject({ eligibility: undefined, treatments: [{ title: 'First title' }, {}] });
  // And from there back again.
  await checkerDesk.rollBackStrategy(rollBack({ requestId: 'forth' }));
  await eventually(() => expect(told[3]).toMatchObject({ strategy: { version: 4, restoredVersion: 2 } }));
});

it('pages all versions, newest first', async () => {
  const { makerDesk } = harness;
  const first = await makerDesk.listStrategyVersions({ strategyId, pageSize: 3, pageToken: '' });
  const second = await makerDesk.listStrategyVersions({ strategyId, pageSize: 3, pageToken: first.nextPageToken });
  const states = [...first.versions, ...second.versions].map(({ version, state }) => `${version} ${state}`);
  expect(states).toEqual(['4 published', '3 retired', '2 retired', '1 retired']);
  expect(second.nextPageToken).toBe('');
});

it('refuses what has run out since', async () => {
  const { maker, checkerDesk, stocks } = harness;
  stocks.set('gift', { totalLimit: 3, claimedCount: 0 });
  const gift = actionMessage({ actionId: 'gift', treatments: [appTreatment({ benefitStockId: 'gift' })] });
  await maker.putAction({ requestId: 'gift', action: gift });
  await publish(harness, strategyMessage({ strategyId: 'gifts', actionIds: ['gift'] }));
  await publish(harness, strategyMessage({ strategyId: 'gifts', actionIds: ['deposit'], version: 1 }));
  stocks.set('gift', { totalLimit: 3, claimedCount: 3 });
  const back = rollBack({ strategyId: 'gifts', requestId: 'gifts' });
  expect(await reasonOf(checkerDesk.rollBackStrategy(back))).toBe('STRATEGY_INCOMPLETE');
});

it('refuses what its quotas have nothing left for', async () => {
  const { quotas, checkerDesk } = harness;
  quotas.set('budget', { limitAmount: 10 });
  const quotaUses = [{ quotaId: 'budget', actionIds: [], channels: [], amount: 3 }];
  await publish(harness, strategyMessage({ strategyId: 'costly', quotaUses }));
  await publish(harness, strategyMessage({ strategyId: 'costly', version: 1 }));
  quotas.set('budget', { limitAmount: 10, reservedAmount: 8 });
  const back = checkerDesk.rollBackStrategy(rollBack({ strategyId: 'costly', requestId: 'costly' }));
  const field = 'strategy.quotaUses.0.quotaId';
  await expect(back).rejects.toMatchObject({
    reason: 'STRATEGY_INCOMPLETE',
    violations: [{ field, description: 'QUOTA_EXHAUSTED: Nothing is left of quota budget.' }],
  });
  quotas.set('budget', { limitAmount: 10 });
  expect(await reasonOf(checkerDesk.rollBackStrategy(rollBack({ strategyId: 'costly', requestId: 'costly-2' })))).toBe(
    'done',
  );
});

it('refuses what would be worked by another branch, or by nobody', async () => {
  const { maker, checkerDesk, queueOrgPaths } = harness;
  const treatments = [appTreatment({ channel: 'branch', scriptId: 'call', queue: 'desk' })];
  await maker.putAction({ requestId: 'visit', action: actionMessage({ actionId: 'visit', treatments }) });
  queueOrgPaths.set('desk', 'hq/east');
  const own = { strategyId: 'visits', orgPath: 'hq/east' };
  await publish(harness, strategyMessage({ ...own, actionIds: ['visit'] }));
  await publish(harness, strategyMessage({ ...own, actionIds: ['deposit'], version: 1 }));
  const back = rollBack({ strategyId: 'visits', requestId: 'visits' });
  const at = 'strategy.actionIds.0.treatments.0';
  queueOrgPaths.set('desk', 'hq/west');
  const foreign = { field: at, description: 'QUEUE_OUT_OF_SCOPE: Queue desk belongs to another organisation.' };
  await expect(checkerDesk.rollBackStrategy(back)).rejects.toMatchObject({ violations: [foreign] });
  queueOrgPaths.delete('desk');
  const unknown = { field: at, description: 'QUEUE_UNKNOWN: There is no queue desk.' };
  await expect(checkerDesk.rollBackStrategy(back)).rejects.toMatchObject({ violations: [unknown] });
  queueOrgPaths.set('desk', 'hq');
  expect(await reasonOf(checkerDesk.rollBackStrategy(back))).toBe('done');
});

it('ends paused when somebody pauses during a roll-back, whichever comes first', async () => {
  const { checker, checkerDesk } = harness;
  const outcomes = await Promise.all([
    reasonOf(checker.moveStrategy({ requestId: 'pause', strategyId, move: 'pause' })),
    reasonOf(checkerDesk.rollBackStrategy(rollBack({ requestId: 'race' }))),
  ]);
  expect(outcomes).toEqual(['done', 'done']);
  const { strategy } = await checker.getStrategy({ strategyId, version: 0 });
  expect(strategy).toMatchObject({ version: 5, state: 'paused' });
  await eventually(() => expect(told.at(-1)).toMatchObject({ revision: 6, strategy: { version: 5, state: 'paused' } }));
});
