import { randomUUID } from 'node:crypto';
import { CampaignsServiceService } from '@tidegate/contracts/campaigns/v1/campaigns';
import { StrategyChanged, type StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import type { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import {
  actionMessage,
  appTreatment,
  momentRuleMessage,
  publish,
  reviewOf,
  scriptMessage,
  startCampaigns,
  strategyMessage,
  type Harness,
} from '../../testing/campaigns-harness';

// Goal: nothing goes live without another person's approval, and what goes live is complete in itself.

let harness: Harness;
let told: StrategySnapshot[];
let stopListening: () => void;

beforeAll(async () => {
  harness = await startCampaigns();
  const { segments } = harness;
  segments.set('outer', { all: [{ segment: 'inner' }, { field: 'attributes.age', op: 'gte', value: 18 }] });
  segments.set('inner', { any: [{ tag: 'vip' }, { segment: 'innermost' }] });
  segments.set('innermost', { field: 'attributes.job', op: 'eq', value: 'admin' });
  await harness.maker.putScript({ requestId: 's1', script: scriptMessage() });
  await harness.maker.putAction({ requestId: 'a1', action: actionMessage() });
  const branch = appTreatment({ channel: 'branch', scriptId: 'call', queue: 'east' });
  const eligibility = { not: { segment: 'inner' } };
  const visit = actionMessage({ actionId: 'visit', treatments: [branch], eligibility });
  await harness.maker.putAction({ requestId: 'a2', action: visit });
  stopListening = harness.service.bus.listen(StrategyChanged, ({ data }) => {
    if (data.snapshot) told.push(data.snapshot);
  });
});
afterAll(async () => {
  stopListening?.();
  await harness?.stop();
});
beforeEach(() => {
  told = [];
});

const reasonOf = (error: unknown): string => (error as DomainError).reason;
const step = (strategyId: string, what: string) => ({ requestId: `${what}-${strategyId}`, strategyId });
const review = (strategyId: string, what: string) => reviewOf(harness, strategyId, what);

it('publishes a snapshot that refers to nothing', async () => {
  const { segments, maker } = harness;
  const momentRules = [momentRuleMessage({ actionIds: ['visit'], condition: { segment: 'innermost' } })];
  const draft = strategyMessage({ strategyId: 'whole', segmentId: 'outer', actionIds: ['visit'], momentRules });
  await maker.putScript({ requestId: 's2', script: scriptMessage({ title: 'Second version' }) });

  const published = await publish(harness, draft);
  expect(published).toMatchObject({ state: 'published', version: 1, createdBy: 'maker', reviewedBy: 'checker' });
  await eventually(() => expect(told).toHaveLength(1));
  const inner = { any: [{ tag: 'vip' }, { field: 'attributes.job', op: 'eq', value: 'admin' }] };
  expect(told[0]).toMatchObject({
    audience: { all: [inner, { field: 'attributes.age', op: 'gte', value: 18 }] },
    actions: [{ actionId: 'visit', eligibility: { not: inner }, treatments: [{ queue: 'east', scriptId: 'call' }] }],
    scriptVersions: { call: 2 },
    revision: 1,
    strategy: { strategyId: 'whole', momentRules: [{ condition: segments.get('innermost') }] },
  });
  expect(JSON.stringify(told[0])).not.toContain('"segment":');
});

it('lets nobody approve or reject their own change, and one of two approvers at once', async () => {
  const { maker, service } = harness;
  const strategyId = 'contested';
  await maker.createStrategy({ requestId: 'create-contested', strategy: strategyMessage({ strategyId }) });
  await maker.submitStrategy(step(strategyId, 'submit'));
  await expect(maker.approveStrategy(await review(strategyId, 'own'))).rejects.toMatchObject({
    code: 'FAILED_PRECONDITION',
    reason: 'APPROVER_IS_MAKER',
  });
  await expect(maker.rejectStrategy({ ...step(strategyId, 'own'), comment: 'no' })).rejects.toMatchObject({
    reason: 'APPROVER_IS_MAKER',
  });

  const replica = await harness.replica();
  const clients = [service, replica, service, replica].map((each, i) =>
    each.client(CampaignsServiceService, { id: `checker-${i}` }),
  );
  const read = await review(strategyId, 'approve');
  const outcomes = await Promise.all(
    clients.map((client, i) =>
      client.approveStrategy({ ...read, requestId: `approve-${i}` }).then(() => 'published', reasonOf),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === 'published')).toHaveLength(1);
  // One reason, however far the losers had come when it was published.
  expect(outcomes.filter((outcome) => outcome === 'STRATEGY_MOVE_NOT_ALLOWED')).toHaveLength(3);
  await eventually(() => expect(told.map(({ revision }) => revision)).toEqual([1]));
  const { strategy } = await maker.getStrategy({ strategyId, version: 0 });
  expect(strategy?.reviewedBy).toBe(`checker-${outcomes.indexOf('published')}`);
});

it('keeps the live version until its change is approved, and answers repeats with the first result', async () => {
  const { maker, checker } = harness;
  const strategyId = 'changing';
  await publish(harness, strategyMessage({ strategyId }));
  const change = {
    requestId: 'change',
    strategy: strategyMessage({ strategyId, version: 1, name: 'Next', holdoutBasisPoints: 100 }),
  };
  const edited = await maker.updateStrategy(change);
  expect(edited.strategy).toMatchObject({ version: 2, state: 'draft', name: 'Next' });
  expect(await maker.updateStrategy(change)).toEqual(edited);
  await expect(maker.updateStrategy({ ...change, requestId: 'stale' })).rejects.toMatchObject({
    code: 'ABORTED',
    reason: 'VERSION_CONFLICT',
    metadata: { version: '2' },
  });
  const live = await maker.listStrategies({ pageSize: 100, pageToken: '', state: 'published' });
  expect(live.strategies.find((each) => each.strategyId === strategyId)).toMatchObject({
    version: 1,
    name: 'Deposit by app',
  });

  await maker.submitStrategy(step(strategyId, 'submit-2'));
  await expect(maker.updateStrategy({ ...change, requestId: 'late' })).rejects.toMatchObject({
    reason: 'STRATEGY_NOT_DRAFT',
  });
  const rejected = await checker.rejectStrategy({ ...step(strategyId, 'reject'), comment: 'less holdout' });
  expect(rejected.strategy).toMatchObject({ state: 'draft', reviewComment: 'less holdout' });
  await publish(harness, strategyMessage({ strategyId, version: 2, holdoutBasisPoints: 50 }));
  const first = await maker.getStrategy({ strategyId, version: 1 });
  expect(first.strategy).toMatchObject({ state: 'retired', name: 'Deposit by app' });
  await eventually(() =>
    expect(told.map(({ revision, strategy }) => [revision, strategy?.version])).toEqual([
      [1, 1],
      [2, 3],
    ]),
  );
});

it('tells of pause, resume and end with a growing revision', async () => {
  const { maker } = harness;
  const strategyId = 'moving';
  await expect(maker.moveStrategy({ ...step(strategyId, 'x'), move: 'pause' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'STRATEGY_NOT_FOUND',
  });
  await publish(harness, strategyMessage({ strategyId }));
  for (const move of ['pause', 'resume', 'retire']) await maker.moveStrategy({ ...step(strategyId, move), move });
  await expect(maker.moveStrategy({ ...step(strategyId, 'again'), move: 'resume' })).rejects.toMatchObject({
    reason: 'STRATEGY_MOVE_NOT_ALLOWED',
  });
  await eventually(() =>
    expect(told.map(({ revision, strategy }) => [revision, strategy?.state])).toEqual([
      [1, 'published'],
      [2, 'paused'],
      [3, 'published'],
      [4, 'retired'],
    ]),
  );
});

it('lets a change be approved while somebody pauses: it ends paused in either order, and the last word is told last', async () => {
  const { maker, checker } = harness;
  for (const round of [1, 2, 3, 4]) {
    const strategyId = `published-or-paused-${round}`;
    await publish(harness, strategyMessage({ strategyId }));
    const strategy = strategyMessage({ strategyId, version: 1, name: 'Next' });
    await maker.updateStrategy({ requestId: `change-${strategyId}`, strategy });
    await maker.submitStrategy(step(strategyId, 'submit-change'));
    const outcome = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', reasonOf);
    const read = await review(strategyId, 'approve-change');
    const [approved, paused] = await Promise.all([
      outcome(checker.approveStrategy(read)),
      outcome(maker.moveStrategy({ ...step(strategyId, 'pause'), move: 'pause' })),
    ]);
    expect([approved, paused]).toEqual(['done', 'done']);
    const { strategies } = await maker.listStrategies({ pageSize: 100, pageToken: '', state: '' });
    expect(strategies.filter((each) => each.strategyId === strategyId)).toHaveLength(1);
    const { strategy: last } = await maker.getStrategy({ strategyId, version: 0 });
    expect(last).toMatchObject({ version: 2, name: 'Next', state: 'paused' });
    await eventually(() => {
      const words = told.filter((snapshot) => snapshot.strategy?.strategyId === strategyId);
      expect(words.map(({ revision }) => revision)).toEqual([1, 2, 3]);
      expect(words.at(-1)?.strategy).toMatchObject({ version: 2, state: 'paused' });
    });
  }
});

it('names everything that is missing when a draft is submitted', async () => {
  const { maker } = harness;
  const call = actionMessage({ actionId: 'call', treatments: [appTreatment({ channel: 'remote_bank' })] });
  await maker.putAction({ requestId: 'a3', action: call });
  const strategy = strategyMessage({
    strategyId: 'incomplete',
    segmentId: '',
    actionIds: ['call'],
    holdoutBasisPoints: 6_000,
    startsAt: new Date('2026-05-01T00:00:00Z'),
    endsAt: new Date('2026-04-01T00:00:00Z'),
  });
  await maker.createStrategy({ requestId: 'create-incomplete', strategy });
  const error = (await maker
    .submitStrategy(step('incomplete', 'submit'))
    .catch((caught: unknown) => caught)) as DomainError;
  expect(error).toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'STRATEGY_INCOMPLETE' });
  const found = error.violations.map(({ field, description }) => `${field} ${description.split(':')[0]}`);
  expect(found).toEqual(
    expect.arrayContaining([
      'strategy.endsAt DATES_BACKWARDS',
      'strategy.holdoutBasisPoints HOLDOUT_OUT_OF_RANGE',
      'strategy.segmentId SEGMENT_MISSING',
      'strategy.actionIds.0.treatments.0 SCRIPT_MISSING',
      'strategy.actionIds.0.treatments.0 QUEUE_MISSING',
    ]),
  );
  expect((await maker.getStrategy({ strategyId: 'incomplete', version: 0 })).strategy?.state).toBe('draft');
});

it('refuses drafts of what is not there, and finds what went away before the approval', async () => {
  const { maker, checker, segments } = harness;
  const create = (overrides: Parameters<typeof strategyMessage>[0]) =>
    maker.createStrategy({
      requestId: randomUUID(),
      strategy: strategyMessage({ strategyId: 'vague', ...overrides }),
    });
  await expect(create({ actionIds: ['gone'] })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'ACTION_NOT_FOUND',
  });
  await expect(create({ segmentId: 'gone' })).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'SEGMENT_NOT_FOUND' });
  const momentRules = [momentRuleMessage({ condition: { field: 'event.amount', op: 'about', value: 1 } })];
  await expect(create({ momentRules })).rejects.toMatchObject({
    reason: 'RULE_INVALID',
    violations: [{ field: 'strategy.momentRules.0.condition.op' }],
  });

  segments.set('short-lived', { all: [] });
  await create({ segmentId: 'short-lived' });
  await maker.submitStrategy(step('vague', 'submit'));
  segments.delete('short-lived');
  await expect(checker.approveStrategy(await review('vague', 'approve'))).rejects.toMatchObject({
    reason: 'STRATEGY_INCOMPLETE',
    violations: [{ field: 'strategy.segmentId' }],
  });
});

it('keeps every organisation to its own', async () => {
  const { service, maker } = harness;
  const east = service.client(CampaignsServiceService, { id: 'east', orgPath: 'hq/east' });
  const west = service.client(CampaignsServiceService, { id: 'west', orgPath: 'hq/west' });
  const strategyId = 'of-the-east';
  const foreign = { code: 'PERMISSION_DENIED', reason: 'ORG_OUT_OF_SCOPE' };
  await east.createStrategy({ requestId: 'east', strategy: strategyMessage({ strategyId, orgPath: '' }) });
  expect((await maker.getStrategy({ strategyId, version: 0 })).strategy?.orgPath).toBe('hq/east');

  await expect(west.getStrategy({ strategyId, version: 0 })).rejects.toMatchObject(foreign);
  await expect(west.submitStrategy(step(strategyId, 'w'))).rejects.toMatchObject(foreign);
  await expect(west.approveStrategy({ ...step(strategyId, 'w'), comment: '', contentHash: 'x' })).rejects.toMatchObject(
    foreign,
  );
  await expect(west.listNameLists({ strategyId, parentListId: '', pageSize: 0, pageToken: '' })).rejects.toMatchObject(
    foreign,
  );
  await expect(
    west.createStrategy({ requestId: 'w', strategy: strategyMessage({ strategyId: 'w', orgPath: 'hq' }) }),
  ).rejects.toMatchObject(foreign);
  const seen = await west.listStrategies({ pageSize: 0, pageToken: '', state: '' });
  expect(seen.strategies).toEqual([]);
  const customer = service.client(CampaignsServiceService, { kind: 'customer', id: 'c1', orgPath: '' });
  await expect(customer.getStrategy({ strategyId, version: 0 })).rejects.toMatchObject({ reason: 'STAFF_ONLY' });
});
