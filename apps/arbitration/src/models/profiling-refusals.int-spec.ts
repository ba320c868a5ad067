import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModelSlot, type PushDecision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { eventually } from '@tidegate/testing';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { appAction, ArbitrationFixture } from '../testing/arbitration.fixture';
import { InferenceServer, REMOTE_SPEC } from '../testing/inference-server';
import { ModelDesk } from '../testing/model-desk';
import { PushRunner } from '../testing/push-runner';

// Goal: of who refuses profiling no model says anything, in a push as little as in a pull, and no other server hears of him.

jest.setTimeout(400_000);

const models = join(__dirname, '../../../../data/models');
const { contract } = JSON.parse(readFileSync(join(models, 'term-deposit-static.json'), 'utf8')) as {
  contract: Record<string, unknown>;
};
const PRIOR_RATE = 0.05;
const AGREED_AT = new Date('2026-01-01T00:00:00Z');
const MARKETING = { purpose: 'marketing', channel: '*', isGranted: true, changedAt: AGREED_AT };
const refusing = (customerId: string, x: number, channel = '*') => ({
  customerId,
  attributes: { x },
  consents: [MARKETING, { purpose: 'profiling', channel, isGranted: false, changedAt: AGREED_AT }],
});
const WILLING = ['willing-1', 'willing-2'];
const REFUSERS = ['refuser-1', 'refuser-2'];
const REFUSED = [61, 62];

let server: InferenceServer;
let fixture: ArbitrationFixture;
let desk: ModelDesk;
let run: PushRunner;

const scoresOf = async (customerId: string): Promise<unknown[]> => {
  const state = await fixture.first.app.get(CustomerStateRepository).find(customerId);
  return Object.values(state?.modelScores ?? {}).map(({ score }) => score);
};

beforeAll(async () => {
  server = await InferenceServer.start();
  process.env['ARBITRATION_MODEL_ADDRESSES'] = server.origin;
  fixture = await ArbitrationFixture.start();
  desk = new ModelDesk(fixture, 'calm');
  run = new PushRunner(fixture);
  await fixture.putPolicy({});
  await fixture.putCustomers([
    ...WILLING.map((customerId) => ({ customerId, attributes: { x: 40 } })),
    refusing('refuser-1', REFUSED[0]!),
    // On this channel alone.
    refusing('refuser-2', REFUSED[1]!, 'app'),
  ]);
  const content = readFileSync(join(models, 'term-deposit-static.onnx'));
  const uploaded = { requestId: 'onnx', name: 'static', content, inputSpec: contract };
  const local = { kind: 'onnx', modelId: (await fixture.client().uploadOnnxModel(uploaded)).modelId };
  const features = [{ kind: 'numeric', name: 'x', edges: [50] }];
  const slot = { slot: 'calm', champion: { kind: 'adaptive', modelId: '' }, successOutcome: 'converted' };
  const learning = { featureSpec: { spec: { features }, priorRate: PRIOR_RATE }, historyFactType: 'answered' };
  await desk.open(ModelSlot.fromPartial({ ...slot, ...learning }));
  await desk.move(local, 'shadow');
  await desk.move(local, 'challenger', 100);
  await desk.move(local, 'champion');
  const remote = { requestId: 'remote', name: 'deposit', baseUrl: server.origin, remoteName: 'deposit' };
  const rest = { remoteVersion: '', inputSpec: REMOTE_SPEC, scoreMaxAgeSeconds: 3_600 };
  const { model } = await desk.client('maker').registerRemoteModel({ ...remote, ...rest });
  await desk.move({ kind: 'remote', modelId: model!.modelId }, 'shadow');
  await fixture.putStrategy('calm', [appAction('calm', { modelSlot: 'calm' })]);
  for (const customerId of WILLING) {
    await eventually(async () => expect(await scoresOf(customerId)).toEqual([0.4]), { timeoutMs: 150_000 });
  }
});
afterAll(async () => {
  delete process.env['ARBITRATION_MODEL_ADDRESSES'];
  await fixture?.stop();
  await server?.stop();
});

const pushed = async (max?: number): Promise<Map<string, PushDecision>> => {
  const terms = max === undefined ? {} : { limits: [{ kind: 'channel', key: 'app', max }] };
  const ids = [...WILLING, ...REFUSERS, ...(max === undefined ? [] : ['nobody'])];
  const pushId = await run.start('calm', ids, { terms });
  await run.finished(pushId);
  return new Map((await run.decisionsOf(pushId)).map((decision) => [decision.customerId, decision]));
};

it.each([
  ['chosen', undefined],
  ['chosen or outranked', 1],
])('ranks a refuser by base rates in a push, and asks no shadow of him: %s', async (_, max) => {
  const decisions = await pushed(max);
  const chosen = [...decisions.values()].filter(({ isChosen }) => isChosen);
  expect(chosen).toHaveLength(max ?? WILLING.length + REFUSERS.length);
  for (const customerId of WILLING) {
    const { rank, championPropensity, shadowPropensity } = decisions.get(customerId)!;
    expect(rank).toBeGreaterThan(0);
    expect(shadowPropensity).toBe(0.4);
    expect(Math.abs(championPropensity - PRIOR_RATE)).toBeGreaterThan(1e-3);
  }
  for (const customerId of REFUSERS) {
    const { rank, championPropensity, shadowPropensity, decisionId } = decisions.get(customerId)!;
    expect(rank).toBeGreaterThan(0);
    expect([championPropensity, shadowPropensity]).toEqual([expect.closeTo(PRIOR_RATE, 6), 0]);
    const { decision } = await fixture.client().getDecision({ decisionId });
    expect(decision).toMatchObject({ isNonPersonalised: true, modelUses: [] });
    expect(decision?.candidates).toMatchObject([{ shadowPropensity: 0 }]);
    expect(decision?.candidates[0]?.priority?.propensity).toBeCloseTo(PRIOR_RATE, 6);
  }
});

it('tells no other server of a refuser, in a trial as little as ahead of decisions', async () => {
  // Who comes after him is scored; so was everybody that is to be scored of the calls before.
  await fixture.putCustomers([refusing('refuser-3', 63), { customerId: 'last', attributes: { x: 70 } }]);
  await eventually(async () => expect(await scoresOf('last')).toEqual([0.7]), { timeoutMs: 150_000 });
  expect(server.asked).toEqual(expect.arrayContaining([40, 70]));
  expect(server.asked.filter((x) => x > 60 && x < 70)).toEqual([]);
  for (const customerId of [...REFUSERS, 'refuser-3']) expect(await scoresOf(customerId)).toEqual([]);
});

it('learns nothing of a refuser from history', async () => {
  const told = (customerId: string) => ({
    ...{ factId: `answer-${customerId}`, factType: 'answered', customerId, occurredAt: AGREED_AT },
    data: { outcome: 'converted', actionId: 'calm', channel: 'app' },
  });
  const facts = [...REFUSERS, 'willing-1'].map((id) => FactRecorded.fromPartial(told(id)));
  await fixture.first.publish(FactRecorded, 'answers', facts);
  await eventually(async () => {
    const { report } = await fixture.client().getModelSlot({ slot: 'calm' });
    expect(report?.outcomeCount).toBe(1);
  });
});
