import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModelSlot, type Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { ModelsServiceService } from '@tidegate/contracts/arbitration/v1/models';
import type { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { ModelRegistry } from '../engine/model-registry';
import { appAction, ArbitrationFixture } from '../testing/arbitration.fixture';
import { ModelDesk } from '../testing/model-desk';

// Goal: a model comes to rank only by way of two people, every replica follows at once, and each decision says which model ranked.

jest.setTimeout(300_000);

const models = join(__dirname, '../../../../data/models');
const { contract } = JSON.parse(readFileSync(join(models, 'term-deposit-static.json'), 'utf8')) as {
  contract: Record<string, unknown>;
};
const onnx = readFileSync(join(models, 'term-deposit-static.onnx'));
const ADAPTIVE = { kind: 'adaptive', modelId: '' };

let fixture: ArbitrationFixture;
let desk: ModelDesk;
let modelId: string;
let serial = 0;
const nextId = (): string => `m-${(serial += 1)}`;

const slot = (overrides: Partial<ModelSlot> = {}): ModelSlot =>
  ModelSlot.fromPartial({
    slot: 'life',
    champion: ADAPTIVE,
    successOutcome: 'converted',
    featureSpec: { spec: { features: [{ kind: 'categorical', name: 'job' }] }, minOutcomes: 5, halfLifeOutcomes: 500 },
    ...overrides,
  });
const put = (overrides: Partial<ModelSlot> = {}) =>
  fixture.client().putModelSlot({ requestId: nextId(), slot: slot(overrides) });
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: DomainError) => error.reason,
  );
const decide = async (customerId: string, replica = 0, isCommitted = true): Promise<Decision> => {
  const request = { requestId: nextId(), customerId, channels: ['app'], maxActions: 1, context: undefined };
  const { decisions } = await fixture.client(replica).decide({ ...request, isCommitted });
  return decisions[0]!;
};
const people = Array.from({ length: 60 }, (_, i) => `person-${i}`);
/** Groups of everybody, as their decisions say. */
const groupsOf = async (replica = 0): Promise<Map<string, string>> => {
  const groups = new Map<string, string>();
  for (const id of people) {
    const { modelUses } = await decide(id, replica, false);
    groups.set(id, `${modelUses[0]?.group}/${modelUses[0]?.modelId}`);
  }
  return groups;
};

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  desk = new ModelDesk(fixture, 'life');
  await fixture.putPolicy({});
  await fixture.putCustomers(people.map((customerId, i) => ({ customerId, attributes: { job: i % 2 ? 'a' : 'b' } })));
  const request = { requestId: nextId(), name: 'static', content: onnx, inputSpec: contract };
  modelId = (await fixture.client().uploadOnnxModel(request)).modelId;
  await desk.open(slot({ noModelBasisPoints: 2_000 }));
  await eventually(() => {
    for (const replica of fixture.replicas) expect(replica.app.get(ModelRegistry).find('life')).toBeDefined();
  });
  await fixture.putStrategy('life', [appAction('life', { modelSlot: 'life' })]);
});
afterAll(() => fixture?.stop());

it('keeps the trial of an uploaded model: scores and latency on real customers', async () => {
  const { model } = await desk.client('maker').getModel({ modelId });
  expect(model).toMatchObject({ kind: 'onnx', name: 'static', trial: { rowCount: people.length + 1 } });
  const { trial } = model!;
  expect(trial!.bins.reduce((sum, { count }) => sum + count, 0)).toBe(people.length + 1);
  expect(trial!.latencyP99Ms).toBeGreaterThanOrEqual(trial!.latencyP50Ms);
  expect((await desk.client('maker').tryModel({ modelId, requestId: nextId() })).model?.trial?.rowCount).toBe(
    people.length + 1,
  );
  const listed = (await desk.client('maker').listModels({ pageSize: 1, pageToken: '' })).models;
  expect(listed).toMatchObject([{ modelId, inputSpec: undefined }]);
  expect(await reasonOf(desk.client('maker').getModel({ modelId: 'none' }))).toBe('MODEL_NOT_FOUND');
});

it('ranks a share of the people by base rates, and says so', async () => {
  const groups = await groupsOf();
  const noModel = [...groups.values()].filter((group) => group === 'no_model/').length;
  // 20 % of sixty people, whose places are fixed.
  expect(noModel).toBeGreaterThan(4);
  expect(noModel).toBeLessThan(22);
  expect([...groups.values()].every((group) => ['no_model/', 'champion/adaptive'].includes(group))).toBe(true);
  expect(await groupsOf(1)).toEqual(groups);
});

it('moves a model only with two people, by way of shadow and challenger', async () => {
  const model = { kind: 'onnx', modelId };
  expect(await reasonOf(desk.propose(model, 'champion'))).toBe('MODEL_MOVE_NOT_ALLOWED');
  expect(await reasonOf(desk.propose({ kind: 'onnx', modelId: 'none' }, 'shadow'))).toBe('MODEL_NOT_FOUND');
  const before = await groupsOf();
  const proposed = await desk.propose(model, 'shadow');
  expect(proposed).toMatchObject({ state: 'pending', fromStage: 'new', toStage: 'shadow', proposedBy: 'maker' });
  expect(await reasonOf(desk.propose(model, 'shadow'))).toBe('MODEL_MOVE_PENDING');
  expect(await reasonOf(desk.settle(proposed.moveId, 'maker'))).toBe('MODEL_MOVE_OWN');
  expect(await reasonOf(desk.settle('another', 'checker'))).toBe('MODEL_MOVE_NOT_PENDING');
  expect((await desk.settle(proposed.moveId, 'maker', false)).move?.state).toBe('withdrawn');
  await desk.move(model, 'shadow');
  const shadowed = await decide('person-0');
  expect(shadowed.candidates[0]?.shadowPropensity).toBeGreaterThan(0);
  expect(shadowed.modelUses[0]?.shadowModelId).toBe(modelId);
  expect(await groupsOf()).toEqual(before);

  // Of two checkers at once one wins.
  const { moveId } = await desk.propose(model, 'challenger', 3_000);
  const results = await Promise.all(
    ['ann', 'ben'].map((by, replica) => reasonOf(desk.settle(moveId, by, true, replica))),
  );
  expect(results.sort()).toEqual(['MODEL_MOVE_NOT_PENDING', 'none']);
});

it('lets the challenger rank its share on every replica, and nobody of the no-model group', async () => {
  await eventually(async () => {
    for (const replica of [0, 1]) {
      const groups = [...(await groupsOf(replica)).values()];
      expect(groups.filter((group) => group === `challenger/${modelId}`).length).toBeGreaterThan(8);
      expect(groups.filter((group) => group === 'no_model/').length).toBeGreaterThan(4);
    }
  });
  expect(await groupsOf(1)).toEqual(await groupsOf(0));
});

it('makes it champion and goes back in one call; every decision in between is of one version', async () => {
  let isOver = false;
  const seen: Decision[] = [];
  const deciding = (async () => {
    while (!isOver) seen.push(await decide(people[seen.length % people.length]!, seen.length % 2, false));
  })();
  await desk.move({ kind: 'onnx', modelId }, 'champion');
  const { slot: promoted } = await fixture.client().getModelSlot({ slot: 'life' });
  expect(promoted).toMatchObject({ champion: { modelId }, challenger: undefined, formerChampions: [ADAPTIVE] });
  const request = { requestId: nextId(), slot: 'life', reason: 'it sells the wrong thing' };
  const { slot: back, move } = await desk.client('keeper', 1).rollBackModelSlot(request);
  expect(back).toMatchObject({ champion: ADAPTIVE, formerChampions: [], retiredModels: [{ kind: 'onnx', modelId }] });
  expect(move).toMatchObject({ state: 'rolled_back', settledBy: 'keeper', reason: 'it sells the wrong thing' });
  expect(await desk.client('keeper').rollBackModelSlot(request)).toMatchObject({ move: { moveId: move?.moveId } });
  const again = { ...request, requestId: nextId() };
  expect(await reasonOf(desk.client('keeper').rollBackModelSlot(again))).toBe('NO_FORMER_CHAMPION');
  isOver = true;
  await deciding;
  for (const { modelUses } of seen) {
    expect(modelUses).toHaveLength(1);
    const { group, modelId: used, slotVersion } = modelUses[0]!;
    const isPromoted = slotVersion === promoted!.version;
    if (group === 'champion') expect(used).toBe(isPromoted ? modelId : 'adaptive');
  }
  await eventually(async () => {
    for (const replica of [0, 1]) {
      expect((await decide('person-0', replica, false)).modelUses[0]?.slotVersion).toBe(back?.version);
    }
  });
});

it('keeps who moved what and why, newest first, in pages', async () => {
  const all: string[] = [];
  let pageToken = '';
  do {
    const page = await desk.client('reader').listModelMoves({ slot: 'life', pageSize: 2, pageToken });
    all.push(...page.moves.map(({ state, toStage }) => `${state} ${toStage}`));
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  expect(all).toEqual([
    'rolled_back champion',
    'approved champion',
    'approved challenger',
    'approved shadow',
    'withdrawn shadow',
    'approved champion',
  ]);
});

it('changes the settings of an open slot with two people, as a move', async () => {
  const before = (await fixture.client().getModelSlot({ slot: 'life' })).slot!;
  const { historyFactType, successOutcome } = before;
  const settings = { historyFactType, successOutcome, featureSpec: undefined, noModelBasisPoints: 2_000 };
  expect(await reasonOf(put({ noModelBasisPoints: 3_000 }))).toBe('MODEL_MOVE_NEEDED');
  expect(await reasonOf(desk.proposeSettings(settings))).toBe('MODEL_SETTINGS_SAME');
  const move = await desk.proposeSettings({ ...settings, noModelBasisPoints: 3_000 });
  expect(move).toMatchObject({ state: 'pending', toStage: 'champion', settings: { noModelBasisPoints: 3_000 } });
  expect(await reasonOf(desk.proposeSettings({ ...settings, noModelBasisPoints: 1 }))).toBe('MODEL_MOVE_PENDING');
  expect(await reasonOf(desk.settle(move.moveId, 'maker'))).toBe('MODEL_MOVE_OWN');
  expect((await fixture.client().getModelSlot({ slot: 'life' })).slot).toEqual(before);
  const results = await Promise.all(
    ['ann', 'ben'].map((by, replica) => reasonOf(desk.settle(move.moveId, by, true, replica))),
  );
  expect(results.sort()).toEqual(['MODEL_MOVE_NOT_PENDING', 'none']);
  const after = (await fixture.client(1).getModelSlot({ slot: 'life' })).slot;
  expect(after).toEqual({ ...before, noModelBasisPoints: 3_000, version: before.version + 1 });
  expect((await put({ noModelBasisPoints: 3_000 })).slot).toEqual(after);
  const [kept] = (await desk.client('reader').listModelMoves({ slot: 'life', pageSize: 1, pageToken: '' })).moves;
  expect(kept).toMatchObject({ state: 'approved', proposedBy: 'maker', slotVersion: after?.version });
});

it('opens a slot by two people, once, whoever is quicker', async () => {
  const opened = slot({ slot: 'fresh', shadow: { kind: 'onnx', modelId } });
  const propose = (requestId: string, replica = 0) => fixture.client(replica).putModelSlot({ requestId, slot: opened });
  const fresh = new ModelDesk(fixture, 'fresh');
  const waiting = async () =>
    (await fresh.client('reader').listModelMoves({ slot: 'fresh', pageSize: 1, pageToken: '' })).moves[0]!;
  const get = () => fixture.client().getModelSlot({ slot: 'fresh' });

  // Of two proposals at once one waits.
  const ids = [nextId(), nextId()];
  const tried = await Promise.all(ids.map((requestId, replica) => reasonOf(propose(requestId, replica))));
  expect([...tried].sort()).toEqual(['MODEL_MOVE_PENDING', 'none']);
  const first = await waiting();
  expect(await propose(ids[tried.indexOf('none')]!)).toEqual({ slot: undefined, pendingMoveId: first.moveId });
  expect(first).toMatchObject({
    state: 'pending',
    fromStage: 'new',
    toStage: 'champion',
    proposedBy: 'staff-head-office',
  });
  expect(first.opening).toMatchObject({ slot: 'fresh', champion: ADAPTIVE, shadow: { modelId }, version: 1 });
  expect(await reasonOf(get())).toBe('MODEL_SLOT_NOT_FOUND');
  expect(await reasonOf(fresh.propose(ADAPTIVE, 'shadow'))).toBe('MODEL_SLOT_NOT_FOUND');
  expect(await reasonOf(fresh.settle(first.moveId, 'staff-head-office'))).toBe('MODEL_MOVE_OWN');
  expect(await reasonOf(fresh.settle('another', 'checker'))).toBe('MODEL_MOVE_NOT_PENDING');
  const withdrawn = await fresh.settle(first.moveId, 'staff-head-office', false);
  expect(withdrawn).toMatchObject({ move: { state: 'withdrawn', slotVersion: 0 }, slot: undefined });
  expect(await reasonOf(fresh.settle(first.moveId, 'checker'))).toBe('MODEL_SLOT_NOT_FOUND');

  // Of two checkers at once one opens it.
  const { pendingMoveId } = await propose(nextId());
  const results = await Promise.all(
    ['ann', 'ben'].map((by, replica) => reasonOf(fresh.settle(pendingMoveId, by, true, replica))),
  );
  expect(results.sort()).toEqual(['MODEL_MOVE_NOT_PENDING', 'none']);
  const { slot: open } = await get();
  expect(open).toEqual(first.opening);
  expect(await waiting()).toMatchObject({ state: 'approved', slotVersion: 1 });
  await eventually(() => {
    for (const replica of fixture.replicas) expect(replica.app.get(ModelRegistry).find('fresh')).toBeDefined();
  });
  expect(await propose(nextId())).toEqual({ slot: open, pendingMoveId: '' });
});

it('reports what was learnt of each action and channel', async () => {
  for (let i = 0; i < 30; i += 1) {
    const { decisionId } = await decide(people[i]!);
    const outcome = i % 2 ? 'converted' : 'rejected';
    await fixture.client().recordOutcome({ requestId: nextId(), decisionId, outcome, occurredAt: undefined });
  }
  const { targets, points } = await desk.client('reader', 1).getLearningReport({ slot: 'life' });
  expect(targets.map(({ actionId, channel, outcomeCount }) => [actionId, channel, outcomeCount])).toEqual([
    ['', '', 30],
    ['life', 'app', 30],
  ]);
  expect(points).toMatchObject([{ outcomeCount: 30, successCount: 15 }]);
  expect(targets[1]!.brier).toBeGreaterThan(0);
  expect(await reasonOf(desk.client('reader').getLearningReport({ slot: 'none' }))).toBe('MODEL_SLOT_NOT_FOUND');
});

it('is the head office’s work', async () => {
  const branch = fixture.first.client(ModelsServiceService, {
    id: 'east',
    kind: 'staff',
    roles: ['admin'],
    orgPath: 'hq/east',
  });
  const request = { requestId: nextId(), slot: 'life', reason: 'x' };
  expect(await reasonOf(branch.rollBackModelSlot(request))).toBe('HEAD_OFFICE_ONLY');
  expect(await reasonOf(branch.tryModel({ modelId, requestId: nextId() }))).toBe('HEAD_OFFICE_ONLY');
});
