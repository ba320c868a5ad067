import { ModelSlot, type Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { appAction, ArbitrationFixture } from '../testing/arbitration.fixture';
import { InferenceServer, REMOTE_SPEC } from '../testing/inference-server';
import { ModelDesk } from '../testing/model-desk';

// Goal: a remote model ranks by what it said before, on every replica; when it says nothing, decisions go on and say what stood in.

jest.setTimeout(400_000);

const MINUTE_MS = 60_000;
const ADAPTIVE = { kind: 'adaptive', modelId: '' };
let server: InferenceServer;
let fixture: ArbitrationFixture;
let desk: ModelDesk;
let modelId: string;
let serial = 0;
const nextId = (): string => `remote-${(serial += 1)}`;

const register = (baseUrl: string, overrides: { inputSpec?: object } = {}) =>
  desk.client('admin').registerRemoteModel({
    ...{ requestId: nextId(), name: 'deposit', baseUrl, remoteName: 'deposit', remoteVersion: '' },
    ...{ inputSpec: REMOTE_SPEC, scoreMaxAgeSeconds: 3_600, ...overrides },
  });
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: DomainError) => error.reason,
  );
const decide = async (customerId: string, replica = 0): Promise<Decision> => {
  const request = { requestId: nextId(), customerId, channels: ['app'], maxActions: 1, context: undefined };
  return (await fixture.client(replica).decide({ ...request, isCommitted: true })).decisions[0]!;
};
const untilScored = (customerId: string, score: number): Promise<void> =>
  eventually(
    async () => {
      const state = await fixture.first.app.get(CustomerStateRepository).find(customerId);
      expect(state?.modelScores?.[modelId]?.score).toBe(score);
    },
    { timeoutMs: 150_000 },
  );

beforeAll(async () => {
  server = await InferenceServer.start();
  process.env['ARBITRATION_MODEL_ADDRESSES'] = server.origin;
  fixture = await ArbitrationFixture.start(2);
  desk = new ModelDesk(fixture, 'remote');
  await fixture.putPolicy({});
  await fixture.putCustomers([{ customerId: 'early', attributes: { x: 40 } }]);
  const features = [{ kind: 'numeric', name: 'x', edges: [50] }];
  const slot = ModelSlot.fromPartial({
    ...{ slot: 'remote', champion: ADAPTIVE, successOutcome: 'converted' },
    featureSpec: { spec: { features }, priorRate: 0.05 },
  });
  await desk.open(slot);
  await fixture.putStrategy('remote', [appAction('remote', { modelSlot: 'remote' })]);
});
afterAll(async () => {
  delete process.env['ARBITRATION_MODEL_ADDRESSES'];
  await fixture?.stop();
  await server?.stop();
});

it('takes in only a model that is allowed, ready, and fits its features', async () => {
  expect(await reasonOf(register('http://127.0.0.1:1'))).toBe('MODEL_ADDRESS_NOT_ALLOWED');
  const features = [{ name: 'y', kind: 'numeric', missing: 0 }];
  expect(await reasonOf(register(server.origin, { inputSpec: { ...REMOTE_SPEC, features } }))).toBe(
    'MODEL_INPUTS_MISMATCH',
  );
  server.mood = 'failing';
  expect(await reasonOf(register(server.origin))).toBe('MODEL_UNREACHABLE');
  server.mood = 'out-of-range';
  expect(await reasonOf(register(server.origin))).toBe('MODEL_INVALID');
  server.mood = 'well';
  const { model } = await register(server.origin);
  expect(model).toMatchObject({ kind: 'remote', trial: { rowCount: 2, scoreMax: 0.4 }, scoreMaxAgeSeconds: 3_600 });
  modelId = model!.modelId;
});

it('ranks by what was said ahead, of those who were there and those who come', async () => {
  const model = { kind: 'remote', modelId };
  await desk.move(model, 'shadow');
  await untilScored('early', 0.4);
  const shadowed = await decide('early');
  expect(shadowed.candidates[0]?.shadowPropensity).toBe(0.4);
  expect(shadowed.modelUses).toMatchObject([{ modelId: 'adaptive', isFallback: false, shadowModelId: modelId }]);
  await desk.move(model, 'challenger', 100);
  await desk.move(model, 'champion');
  await fixture.putCustomers([{ customerId: 'late', attributes: { x: 70 } }]);
  await untilScored('late', 0.7);
  await eventually(async () => {
    const decision = await decide('late', 1);
    expect(decision.priority?.propensity).toBe(0.7);
    expect(decision.modelUses).toMatchObject([{ group: 'champion', modelId, isFallback: false }]);
  });
});

it('scores all others of a call in which one cannot be scored', async () => {
  await fixture.putCustomers([
    { customerId: 'odd', attributes: { x: -1 } },
    { customerId: 'even', attributes: { x: 30 } },
  ]);
  await untilScored('even', 0.3);
  const odd = await decide('odd');
  expect(odd.modelUses).toMatchObject([{ group: 'champion', modelId: 'adaptive', isFallback: true }]);
});

it('scores a customer who changed anew', async () => {
  await fixture.putCustomers([{ customerId: 'late', attributes: { x: 20 }, version: 2 }]);
  await untilScored('late', 0.2);
});

it('lets the last local champion rank while nothing fresh is said, and says so', async () => {
  server.mood = 'malformed';
  fixture.clock.advance(61 * MINUTE_MS);
  const decision = await decide('late');
  expect(decision.modelUses).toMatchObject([{ group: 'champion', modelId: 'adaptive', isFallback: true }]);
  expect(decision.priority?.propensity).toBeCloseTo(0.05, 6);
  const { decision: told } = await fixture.client().getDecision({ decisionId: decision.decisionId, language: 'en' });
  expect(told?.explanation.join(' ')).toContain('model adaptive ranked in place of');
  server.mood = 'well';
  await untilScored('late', 0.2);
  await eventually(
    async () => expect((await decide('late')).modelUses[0]).toMatchObject({ modelId, isFallback: false }),
    { timeoutMs: 150_000 },
  );
});
