import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ArbitrationServiceService,
  type Decision,
  type ModelSlot,
} from '@tidegate/contracts/arbitration/v1/arbitration';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import type { DomainError } from '@tidegate/errors';
import { eventually, startTestService } from '@tidegate/testing';
import { ArbitrationModule } from '../../arbitration.module';
import { ModelRegistry } from '../../engine/model-registry';
import { appAction, ArbitrationFixture, NO_PEERS } from '../../testing/arbitration.fixture';
import { ModelDesk } from '../../testing/model-desk';

// Goal: models fill a slot without restart; what is learnt is learnt once, and is the same on every replica and after every start.

const models = join(__dirname, '../../../../../data/models');
const readJson = (name: string): never => JSON.parse(readFileSync(join(models, name), 'utf8')) as never;
const { contract } = readJson('term-deposit-static.json') as { contract: Record<string, unknown> };
const samples = readJson('term-deposit-static.samples.json') as { attributes: Record<string, string>; score: number }[];
const onnx = readFileSync(join(models, 'term-deposit-static.onnx'));

let fixture: ArbitrationFixture;
let desk: ModelDesk;
let serial = 0;
const nextId = (): string => `r-${(serial += 1)}`;

const adaptive = {
  spec: {
    forbidden: ['duration'],
    features: [
      { kind: 'categorical', name: 'job' },
      { kind: 'numeric', name: 'age', edges: [30, 60] },
      { kind: 'cross', name: 'job_age', of: ['job', 'age'] },
    ],
  },
  minOutcomes: 20,
};
const slot = (overrides: Partial<ModelSlot> = {}): ModelSlot => ({
  slot: 'deposit',
  champion: { kind: 'adaptive', modelId: '' },
  shadow: undefined,
  historyFactType: 'campaign-outcome',
  successOutcome: 'converted',
  featureSpec: adaptive,
  version: 0,
  challenger: undefined,
  challengerBasisPoints: 0,
  noModelBasisPoints: 0,
  formerChampions: [],
  retiredModels: [],
  ...overrides,
});
const put = (overrides: Partial<ModelSlot> = {}) =>
  fixture.client().putModelSlot({ requestId: nextId(), slot: slot(overrides) });
const reportOf = async (replica = 0) => (await fixture.client(replica).getModelSlot({ slot: 'deposit' })).report;
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: DomainError) => error.reason,
  );
const decide = async (customerId: string): Promise<Decision> => {
  const { decisions } = await fixture.client().decide({
    requestId: nextId(),
    customerId,
    channels: ['app'],
    maxActions: 1,
    isCommitted: true,
    context: undefined,
  });
  return decisions[0]!;
};

/** The retired convert, the others do not: easy to learn. */
const people = Array.from({ length: 300 }, (_, index) => ({
  customerId: `past-${index}`,
  attributes: { job: index % 3 === 0 ? 'retired' : 'student', age: 20 + (index % 50), duration: 999 },
}));
const factOf = (index: number, data: Record<string, unknown> = {}): FactRecorded =>
  FactRecorded.fromPartial({
    factId: `history/${index}`,
    factType: 'campaign-outcome',
    customerId: `past-${index}`,
    data: { actionId: 'save', outcome: index % 3 === 0 ? 'converted' : 'rejected', ...data },
  });

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  desk = new ModelDesk(fixture, 'deposit');
  await fixture.putPolicy({});
  await fixture.putCustomers(people);
  await desk.open(slot());
  await eventually(() => {
    for (const replica of fixture.replicas) expect(replica.app.get(ModelRegistry).find('deposit')).toBeDefined();
  });
  await fixture.putStrategy('save', [appAction('save', { modelSlot: 'deposit' })]);
});
afterAll(() => fixture?.stop());

it('learns the outcomes of the past once each, and passes over what is not for it', async () => {
  const facts = people.map((_, index) => factOf(index));
  for (let from = 0; from < facts.length; from += 100) {
    await fixture.first.publish(FactRecorded, 'history', facts.slice(from, from + 100), `history-${from}`);
  }
  await fixture.first.publish(FactRecorded, 'history', facts.slice(0, 100), 'history-0');
  const foreign = [
    factOf(1, { decisionId: 'one-of-ours' }),
    factOf(2, { outcome: 7 }),
    { ...factOf(3), factType: 'transaction' },
  ];
  await fixture.first.publish(FactRecorded, 'history', [...foreign, factOf(4)], 'foreign');
  await eventually(async () => expect((await reportOf())?.outcomeCount).toBe(301));
  const report = await reportOf(1);
  expect(report).toMatchObject({ outcomeCount: 301, successCount: 100 });
  expect(report?.features.find(({ name }) => name === 'job=retired')?.weight).toBeGreaterThan(0);
  expect(report?.features.some(({ name }) => name.includes('duration'))).toBe(false);
});

it('is the same to the last bit on every replica, and on one that starts later', async () => {
  const late = await startTestService(ArbitrationModule, {
    grpc: [ArbitrationServiceService],
    clock: fixture.clock,
    peers: NO_PEERS,
    shareWith: fixture.first,
  });
  const snapshots = await Promise.all(
    [...fixture.replicas, late].map(async (replica) => {
      const learner = replica.app.get(ModelRegistry).find('deposit')?.learner;
      await learner?.catchUp();
      return learner?.model.snapshot();
    }),
  );
  await late.stop();
  expect(snapshots[0]?.meter.count).toBe(301);
  expect(snapshots[1]).toEqual(snapshots[0]);
  expect(snapshots[2]).toEqual(snapshots[0]);
});

it('scores by what it has learnt, and learns a decision once, by the word that settles it', async () => {
  await fixture.putCustomers([
    { customerId: 'now-retired', attributes: { job: 'retired', age: 65 } },
    { customerId: 'now-student', attributes: { job: 'student', age: 22 } },
  ]);
  const [old, young] = [await decide('now-retired'), await decide('now-student')];
  expect(old.priority!.propensity).toBeGreaterThan(3 * young.priority!.propensity);
  const record = (decisionId: string, outcome: string) =>
    fixture.client(1).recordOutcome({ requestId: nextId(), decisionId, outcome, occurredAt: undefined });
  await record(old.decisionId, 'shown');
  expect((await reportOf())?.outcomeCount).toBe(301);
  await Promise.all(
    ['no_answer', 'converted', 'no_answer', 'rejected'].map((outcome) => record(old.decisionId, outcome)),
  );
  expect((await reportOf())?.outcomeCount).toBe(302);
  await record(young.decisionId, 'converted');
  expect(await reportOf(1)).toMatchObject({ outcomeCount: 303 });
});

it('learns nothing of who refused profiling before his outcome came', async () => {
  await fixture.putCustomers([{ customerId: 'refuser', attributes: { job: 'student', age: 30 } }]);
  const { decisionId } = await decide('refuser');
  const refusal = { customerId: 'refuser', purpose: 'profiling', channel: '*', isGranted: false, version: 2 };
  await fixture.client().applyConsent(refusal);
  await fixture
    .client()
    .recordOutcome({ requestId: nextId(), decisionId, outcome: 'converted', occurredAt: undefined });
  expect((await fixture.client().getDecision({ decisionId })).decision?.outcomes).toEqual(['converted']);
  expect((await reportOf())?.outcomeCount).toBe(303);
});

it('learns anew from the same lessons when its configuration changes', async () => {
  expect(await reasonOf(put({ featureSpec: { ...adaptive, minOutcomes: 10 } }))).toBe('MODEL_MOVE_NEEDED');
  const featureSpec = { ...adaptive, minOutcomes: 10 };
  const settings = {
    historyFactType: 'campaign-outcome',
    successOutcome: 'converted',
    noModelBasisPoints: 0,
    featureSpec,
  };
  const { moveId } = await desk.proposeSettings(settings);
  const { slot: changed } = await desk.settle(moveId, 'checker');
  expect(changed).toMatchObject({ version: 2, featureSpec: { minOutcomes: 10 } });
  expect((await reportOf())?.outcomeCount).toBe(303);
});

describe('a trained model', () => {
  it('is scored in the shadow, kept with the decision, and never ranks', async () => {
    const inputSpec = contract;
    const request = { requestId: nextId(), name: 'static', content: onnx, inputSpec };
    const { modelId, dryRunMs } = await fixture.client().uploadOnnxModel(request);
    expect(dryRunMs).toBeGreaterThan(0);
    expect((await fixture.client(1).uploadOnnxModel(request)).modelId).toBe(modelId);
    await desk.move({ kind: 'onnx', modelId }, 'shadow');
    const sample = samples[0]!;
    await fixture.putCustomers([{ customerId: 'shadowed', attributes: sample.attributes }]);
    const decision = await decide('shadowed');
    expect(decision.candidates[0]?.shadowPropensity).toBeCloseTo(sample.score, 5);
    expect(decision.priority!.propensity).not.toBeCloseTo(sample.score, 3);

    const another = put({ champion: { kind: 'onnx', modelId }, shadow: undefined });
    expect(await reasonOf(another)).toBe('MODEL_MOVE_NEEDED');
  });

  it('is refused when it is none, or not for these inputs', async () => {
    const upload = (content: Uint8Array, inputSpec: Record<string, unknown>) =>
      fixture.client().uploadOnnxModel({ requestId: nextId(), name: 'wrong', content, inputSpec });
    expect(await reasonOf(upload(Buffer.from('no model'), contract))).toBe('MODEL_INVALID');
    const fewer = { ...contract, features: (contract.features as unknown[]).slice(1) };
    expect(await reasonOf(upload(onnx, fewer))).toBe('MODEL_INPUTS_MISMATCH');
    expect(await reasonOf(upload(onnx, { layout: 'matrix' }))).toBe('VALIDATION_FAILED');
    expect(await reasonOf(put({ slot: 'other', shadow: { kind: 'onnx', modelId: 'none' } }))).toBe('MODEL_NOT_FOUND');
  });
});

it('refuses a slot that cannot learn', async () => {
  expect(await reasonOf(put({ slot: 'other', featureSpec: undefined }))).toBe('VALIDATION_FAILED');
  const forbidden = { spec: { forbidden: ['age'], features: [{ kind: 'numeric', name: 'age', edges: [1] }] } };
  expect(await reasonOf(put({ slot: 'other', featureSpec: forbidden }))).toBe('VALIDATION_FAILED');
  const magic = { spec: { features: [{ kind: 'magic', name: 'x' }] } };
  expect(await reasonOf(put({ slot: 'other', featureSpec: magic }))).toBe('VALIDATION_FAILED');
  expect(await reasonOf(fixture.client().getModelSlot({ slot: 'none' }))).toBe('MODEL_SLOT_NOT_FOUND');
});
