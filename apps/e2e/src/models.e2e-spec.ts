import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelSlot, PutModelSlotResponse } from '@tidegate/contracts/arbitration/v1/arbitration';
import type {
  GetLearningReportResponse,
  ListModelSlotsResponse,
  Model,
  ModelMove,
} from '@tidegate/contracts/arbitration/v1/models';
import type { GetModelEffectResponse } from '@tidegate/contracts/review/v1/review';
import { eventually } from '@tidegate/testing';
import type { Json } from '../../../tools/demo/http/json';
import { Bank } from './testing/bank';
import type { HttpCaller } from './testing/http-caller';
import { DEPOSIT_SPEC, inferDeposit } from './testing/inference';
import { StandIn } from './testing/stand-in';
import type { DecisionView } from './testing/views';

// Goal: a bank brings its own models, two people put them in and take them out, and it sees which one ranked and what it was worth.

jest.setTimeout(300_000);

const WAIT = { timeoutMs: 100_000 };
/** A trial has one row more: a customer of whom nothing is known. */
const COUNT = 48;
const SLOT = '/admin/v1/model-slots/deposit';
const ADAPTIVE = { kind: 'adaptive', modelId: '' };
const VALUE_MINOR = 5_000;
const MAPPING = [
  { column: 'client', target: 'external_id' },
  { column: 'x', target: 'attributes.x', type: 'number' },
];
const CONSENTS = [{ purpose: 'marketing', channel: '*' }];
const models = join(__dirname, '../../../data/models');
const { contract } = JSON.parse(readFileSync(join(models, 'term-deposit-static.json'), 'utf8')) as {
  contract: { features: { name: string }[] };
};
const contentBase64 = readFileSync(join(models, 'term-deposit-static.onnx')).toString('base64');
/** A customer's x, by the number in his name. */
const xOf = (index: number): number => index * 2;
const file = (from: number, to: number): string =>
  ['client;x', ...Array.from({ length: to - from }, (_, i) => `m-${from + i};${xOf(from + i)}`)].join('\n');

let server: StandIn;
const SERVICES = ['gateway', 'customers', 'campaigns', 'arbitration', 'merchants', 'review'];

let bank: Bank;
let admin: HttpCaller;
let maker: HttpCaller;
let checker: HttpCaller;
let agent: HttpCaller;
let indexOf: Map<string, number>;
let onnx: { kind: string; modelId: string };
let remote: { kind: string; modelId: string };

beforeAll(async () => {
  server = await StandIn.start(inferDeposit);
  bank = await Bank.open(
    { ARBITRATION_MODEL_ADDRESSES: server.origin, ARBITRATION_MODEL_TIMEOUT_MS: '1000' },
    SERVICES,
  );
  admin = await bank.staff('anna', ['admin']);
  // Both roles in one person: the rule is about persons, not roles.
  maker = await bank.staff('max', ['maker', 'checker']);
  checker = await bank.staff('chen', ['checker']);
  agent = await bank.staff('ada', ['agent']);
  await importPeople(0, COUNT);
  const { policy } = await admin.get<{ policy: object }>('/admin/v1/contact-policy');
  const open = { limits: [], quietHours: [], suppressions: [], globalHoldoutBasisPoints: 0 };
  await admin.put('/admin/v1/contact-policy', { ...policy, ...open });
});
afterAll(async () => {
  await bank?.stop();
  await server?.stop();
});

async function importPeople(from: number, to: number): Promise<void> {
  await bank.importFile(admin, `${from}.csv`, file(from, to), CONSENTS, MAPPING);
  const known = await bank.customers(admin);
  indexOf = new Map([...known].map(([name, { customerId }]) => [customerId, Number(name.split('-')[1])]));
}
async function decide(customerId: string, more: object = {}): Promise<DecisionView> {
  const path = `/workbench/v1/customers/${customerId}/next-best-actions`;
  const body = { channel: 'wecom', isCommitted: false, ...more };
  return (await agent.post<{ decisions: DecisionView[] }>(path, body)).decisions[0]!;
}
const decideAll = (more: object = {}): Promise<DecisionView[]> =>
  Promise.all([...indexOf.keys()].map((customerId) => decide(customerId, more)));
/** Which model ranked, or stood in, for each group that somebody is of. */
const rankedBy = (decisions: DecisionView[]): Map<string, string> =>
  new Map(
    decisions.map(({ modelUses: [use] }) => [use!.group, `${use!.modelId}${use!.isFallback ? ' in its place' : ''}`]),
  );
const propose = async (model: object, toStage: string, challengerBasisPoints?: number): Promise<string> => {
  const body = { model, toStage, reason: 'as agreed', ...(challengerBasisPoints && { challengerBasisPoints }) };
  return (await maker.post<{ move: Json<ModelMove> }>(`${SLOT}/moves`, body)).move.moveId;
};
async function move(model: object, toStage: string, challengerBasisPoints?: number): Promise<void> {
  await checker.post(`${SLOT}/moves/${await propose(model, toStage, challengerBasisPoints)}/approve`);
}
const refusal = async (by: HttpCaller, path: string, body: object): Promise<[number, string]> => {
  const { status, reason } = await by.refused('POST', path, { body });
  return [status, reason];
};

it('opens a slot by two people, and learns there from what comes of decisions', async () => {
  const features = [{ kind: 'numeric', name: 'x', edges: [50] }];
  const { pendingMoveId } = await maker.put<Json<PutModelSlotResponse>>(SLOT, {
    champion: { kind: 'adaptive' },
    successOutcome: 'converted',
    noModelBasisPoints: 3_000,
    featureSpec: { spec: { features }, minOutcomes: 5 },
  });
  expect((await maker.refused('GET', SLOT)).reason).toBe('MODEL_SLOT_NOT_FOUND');
  const ofDeposit = async () => {
    const { slots } = await checker.get<Json<ListModelSlotsResponse>>('/admin/v1/model-slots');
    return slots.find(({ slot }) => slot === 'deposit');
  };
  expect(await ofDeposit()).toMatchObject({ pendingMove: { moveId: pendingMoveId } });
  const approve = `${SLOT}/moves/${pendingMoveId}/approve`;
  expect(await refusal(maker, approve, {})).toEqual([403, 'MODEL_MOVE_OWN']);
  await checker.post(approve, { note: 'agreed' });
  expect(await ofDeposit()).toMatchObject({ open: { slot: 'deposit', successOutcome: 'converted' } });
  expect((await ofDeposit())?.pendingMove).toBeUndefined();
  await maker.put('/admin/v1/segments/everybody', { name: 'Everybody', rule: { all: [] }, orgPath: 'hq' });
  await maker.put('/admin/v1/actions/deposit', {
    ...{ name: 'Deposit', issue: 'growth', group: 'deposits', purpose: 'marketing', orgPath: 'hq' },
    ...{ treatments: [{ channel: 'wecom', body: 'A deposit.' }], valueMinor: VALUE_MINOR, currency: 'CNY' },
    modelSlot: 'deposit',
  });
  const content = { name: 'Deposits', orgPath: 'hq', segmentId: 'everybody', actionIds: ['deposit'] };
  await bank.publishStrategy(maker, checker, 'deposits', content);
  await eventually(async () => {
    for (const { reason } of await decideAll()) expect(reason).toBe('CHOSEN');
  }, WAIT);

  const made = await decideAll({ isCommitted: true });
  const isWon = ({ customerId }: DecisionView): boolean => xOf(indexOf.get(customerId)!) >= 50;
  for (const decision of made) {
    const outcome = isWon(decision) ? 'converted' : 'rejected';
    await agent.post(`/workbench/v1/decisions/${decision.decisionId}/outcomes`, { outcome });
  }
  const won = made.filter(isWon).length;
  await eventually(async () => {
    const { targets, points } = await maker.get<Json<GetLearningReportResponse>>(`${SLOT}/learning`);
    const learnt = { outcomeCount: COUNT, successCount: won };
    expect(targets).toMatchObject([
      { actionId: '', channel: '', ...learnt },
      { actionId: 'deposit', channel: 'wecom', ...learnt },
    ]);
    expect(points).toMatchObject([learnt]);
    const weights = targets[0]!.features.filter(({ name }) => name.startsWith('x'));
    expect(weights.map(({ weight }) => Math.sign(weight)).sort()).toEqual([-1, 1]);
  }, WAIT);

  const groupOf = ({ modelUses }: DecisionView): string => modelUses[0]!.group;
  const expected = [...new Set(made.map(groupOf))].sort().map((group) => {
    const own = made.filter((decision) => groupOf(decision) === group);
    const successCount = own.filter(isWon).length;
    const counts = { decisionCount: own.length, customerCount: own.length, successCount };
    return { group, ...counts, valueMinor: successCount * VALUE_MINOR, fallbackCount: 0 };
  });
  await eventually(async () => {
    const path = '/admin/v1/reports/model-effect?slot=deposit';
    const { groups } = await maker.get<Json<GetModelEffectResponse>>(path);
    const met = groups.filter(({ decisionCount }) => Number(decisionCount) > 0);
    expect(met.sort((a, b) => (a.group < b.group ? -1 : 1))).toMatchObject(expected);
  }, WAIT);
});

it('ranks by nothing personal where the customer wants it so', async () => {
  const propensities = (decisions: DecisionView[]): Set<number> =>
    new Set(decisions.map(({ priority }) => priority!.propensity));
  const learnt = (await decideAll()).filter(({ modelUses }) => modelUses[0]!.group === 'champion');
  expect(propensities(learnt).size).toBe(2);
  const alike = await decideAll({ isNonPersonalised: true });
  expect(propensities(alike).size).toBe(1);
  for (const { isNonPersonalised, modelUses } of alike) expect([isNonPersonalised, modelUses]).toEqual([true, []]);
});

it('takes an ONNX file in when it fits its features, and runs it on real customers', async () => {
  const upload = { name: 'static', contentBase64, inputSpec: { ...contract, input: 'x' } };
  const misfit = await admin.refused('POST', '/admin/v1/onnx-models', { body: upload });
  expect([misfit.status, misfit.reason]).toEqual([400, 'MODEL_INPUTS_MISMATCH']);
  expect(misfit.violations).toEqual([
    { field: 'inputs', description: 'the file asks for features, which the list does not make' },
    { field: 'inputs.x', description: 'the file has no such input' },
  ]);
  const { modelId, dryRunMs } = await admin.post<{ modelId: string; dryRunMs: number }>('/admin/v1/onnx-models', {
    ...upload,
    inputSpec: contract,
  });
  onnx = { kind: 'onnx', modelId };
  const { model } = await maker.get<{ model: Json<Model> }>(`/admin/v1/models/${modelId}`);
  expect(model).toMatchObject({ kind: 'onnx', name: 'static', trial: { rowCount: COUNT + 1, latencyP50Ms: dryRunMs } });
  expect(dryRunMs).toBeGreaterThan(0);
  expect(model.trial!.latencyP99Ms).toBeGreaterThanOrEqual(dryRunMs);
});

it('leads it by way of shadow and challenger to champion, and back in one call', async () => {
  const champion = { body: { model: onnx, toStage: 'champion', reason: 'a short cut' } };
  expect((await maker.refused('POST', `${SLOT}/moves`, champion)).reason).toBe('MODEL_MOVE_NOT_ALLOWED');
  await move(onnx, 'shadow');
  await eventually(async () => {
    const shadowed = await decideAll();
    for (const { modelUses, candidates } of shadowed) {
      expect(modelUses).toMatchObject([{ shadowModelId: onnx.modelId }]);
      expect(candidates[0]!.shadowPropensity).toBeGreaterThan(0);
    }
    expect(rankedBy(shadowed).get('champion')).toBe('adaptive');
  }, WAIT);
  const moveId = await propose(onnx, 'challenger', 5_000);
  expect(await refusal(maker, `${SLOT}/moves/${moveId}/approve`, {})).toEqual([403, 'MODEL_MOVE_OWN']);
  await checker.post(`${SLOT}/moves/${moveId}/approve`);
  await eventually(async () => expect(rankedBy(await decideAll()).get('challenger')).toBe(onnx.modelId), WAIT);
  await move(onnx, 'champion');
  await eventually(async () => {
    const groups = rankedBy(await decideAll());
    expect([groups.get('champion'), groups.has('challenger')]).toEqual([onnx.modelId, false]);
    expect(groups.get('no_model') ?? '').toBe('');
  }, WAIT);
  const { slot } = await checker.post<{ slot: Json<ModelSlot> }>(`${SLOT}/roll-back`, {
    reason: 'it sells too little',
  });
  expect(slot).toMatchObject({ champion: ADAPTIVE, formerChampions: [] });
  await eventually(async () => expect(rankedBy(await decideAll()).get('champion')).toBe('adaptive'), WAIT);
});

describe('a model that is served elsewhere', () => {
  it('is registered when its address is allowed and its inputs are those of the list', async () => {
    const body = { name: 'far', baseUrl: server.origin, remoteName: 'deposit', inputSpec: DEPOSIT_SPEC };
    const path = '/admin/v1/remote-models';
    expect(await refusal(admin, path, { ...body, baseUrl: 'http://127.0.0.1:1' })).toEqual([
      422,
      'MODEL_ADDRESS_NOT_ALLOWED',
    ]);
    const features = [{ name: 'y', kind: 'numeric', missing: 0 }];
    const misfit = await admin.refused('POST', path, { body: { ...body, inputSpec: { ...DEPOSIT_SPEC, features } } });
    expect(misfit.reason).toBe('MODEL_INPUTS_MISMATCH');
    expect(misfit.violations!.map(({ field }) => field)).toEqual(['inputs', 'inputs.y']);
    const { model } = await admin.post<{ model: Json<Model> }>(path, body);
    expect(model).toMatchObject({ kind: 'remote', trial: { rowCount: COUNT + 1, scoreMin: 0 } });
    expect(model.trial!.scoreMax).toBeCloseTo(xOf(COUNT - 1) / 100, 6);
    remote = { kind: 'remote', modelId: model.modelId };
  });

  it('ranks by what it says, and the last local champion stands in while it says nothing in time', async () => {
    await move(remote, 'shadow');
    await move(remote, 'challenger', 100);
    await move(remote, 'champion');
    await eventually(async () => {
      const decisions = await decideAll();
      expect(rankedBy(decisions).get('champion')).toBe(remote.modelId);
      const ranked = decisions.filter(({ modelUses }) => modelUses[0]!.group === 'champion');
      for (const { customerId, priority, modelUses } of ranked) {
        expect(modelUses[0]!.isFallback).toBe(false);
        expect(priority!.propensity).toBeCloseTo(xOf(indexOf.get(customerId)!) / 100, 5);
      }
    }, WAIT);
    server.turnTo(() => 'silence');
    await importPeople(COUNT, COUNT + 12);
    await eventually(async () => {
      const fresh = [...indexOf].filter(([, index]) => index >= COUNT).map(([customerId]) => decide(customerId));
      expect(rankedBy(await Promise.all(fresh)).get('champion')).toBe('adaptive in its place');
    }, WAIT);
  });

  it('is retired by two people, and everything that was done can be read', async () => {
    await checker.post(`${SLOT}/roll-back`, { reason: 'it does not answer' });
    await move(onnx, 'shadow');
    await move(onnx, 'retired');
    const { slot } = await maker.get<{ slot: Json<ModelSlot> }>(SLOT);
    expect(slot).toMatchObject({ champion: ADAPTIVE, challengerBasisPoints: 0, retiredModels: [onnx, remote] });
    expect([slot.shadow, slot.challenger]).toEqual([undefined, undefined]);
    const { moves } = await maker.get<{ moves: Json<ModelMove>[] }>(`${SLOT}/moves`);
    const approved = (to: string): string => `approved ${to} max chen`;
    expect(
      moves.map(({ state, toStage, proposedBy, settledBy }) => `${state} ${toStage} ${proposedBy} ${settledBy}`),
    ).toEqual([
      ...['retired', 'shadow'].map(approved),
      'rolled_back champion chen chen',
      ...['champion', 'challenger', 'shadow'].map(approved),
      'rolled_back champion chen chen',
      ...['champion', 'challenger', 'shadow'].map(approved),
      approved('champion'),
    ]);
  });
});

it('writes no text by a language model unless the bank names one', async () => {
  const brief = { brief: '推荐存款', channel: 'app' };
  expect(await refusal(maker, '/admin/v1/copy-desk/drafts', brief)).toEqual([422, 'COPY_MODEL_OFF']);
});
