import type { OnnxModel } from '../adapters/onnx-model';
import type { ModelSlot } from '../domain/models/model-slot';
import type { ModelTrial } from '../domain/models/model-trial';
import type { StoredModel } from '../domain/models/stored-model';
import type { Candidate } from '../domain/strategy';
import { aCustomer, anAction, aStrategy, aTreatment } from '../testing/decision.factory';
import type { HeldSlots, ModelRegistry } from './model-registry';
import { Scorer, type ScoredCustomer } from './scorer';

// Goal: who no model ranks, whatever the reason, is ranked among those whom one does, and not above all of them.

const SLOT = 'trained';
const customer = aCustomer() as ScoredCustomer;
const candidateOf = (modelSlot: string): Candidate => ({
  strategy: aStrategy(),
  action: anAction({ modelSlot }),
  treatment: aTreatment(),
});
const candidate = candidateOf(SLOT);

const model = (modelId: string, kind: StoredModel['kind'], scoreMean: number | null): StoredModel => ({
  ...{ modelId, kind, name: modelId, contract: {} as StoredModel['contract'] },
  remote:
    kind === 'remote' ? { baseUrl: 'http://127.0.0.1', name: modelId, version: '', scoreMaxAgeSeconds: 60 } : null,
  trial: scoreMean === null ? null : ({ scoreMean } as ModelTrial),
});
const scorerOf = (
  champion: StoredModel,
  former: StoredModel[] = [],
  noModelBasisPoints = 0,
  onnx: Pick<OnnxModel, 'scoreBatch'> = { scoreBatch: () => Promise.reject(new Error('it is not asked')) },
): Scorer => {
  const slot: ModelSlot = {
    ...{ slot: SLOT, champion, challenger: null, challengerBasisPoints: 0, shadow: null, formerChampions: former },
    ...{
      retired: [],
      version: 1,
      historyFactType: '',
      successOutcome: 'converted',
      noModelBasisPoints,
      adaptive: null,
    },
  };
  const models = new Map([champion, ...former].map((one) => [one.modelId, one]));
  const held: HeldSlots = new Map([[SLOT, { slot, learner: null, models }]]);
  return new Scorer({ held, onnxOf: () => Promise.resolve(onnx) } as unknown as ModelRegistry, new Date());
};

it.each<[string, Scorer, number]>([
  ['the no-model group', scorerOf(model('a', 'onnx', 0.04), [], 10_000), 0.04],
  ['of whom a remote model said nothing', scorerOf(model('b', 'remote', 0.03)), 0.03],
  [
    'where only the champion before had a trial',
    scorerOf(model('c', 'remote', null), [model('d', 'remote', 0.2)]),
    0.2,
  ],
  ['where nothing is known', scorerOf(model('e', 'remote', null)), 1],
])('ranks by what models of the slot say on average: %s', (_name, scorer, expected) => {
  expect(scorer.propensityOf(customer, candidate)).toBe(expected);
  expect(scorer.neutralOf(candidate)).toBe(expected);
  expect(scorer.useOf(customer, SLOT)).toMatchObject({ modelId: '' });
});

it('says 1 of an action without a model', () => {
  const plain = candidateOf('');
  const scorer = scorerOf(model('a', 'onnx', 0.04));
  expect([scorer.propensityOf(customer, plain), scorer.neutralOf(plain)]).toEqual([1, 1]);
});

it('leaves whom a trained model cannot score to base rates, and nobody else of the same call', async () => {
  const onnx = model('f', 'onnx', 0.1);
  const scored = ['a', 'odd', 'b'].map((customerId) => ({ ...customer, customerId }));
  const answers = new Map(scored.map(({ customerId }) => [customerId, customerId === 'odd' ? null : 0.5]));
  const scorer = scorerOf(onnx, [], 0, { scoreBatch: () => Promise.resolve([...answers.values()]) });
  await scorer.prepareSlots(scored, [SLOT]);
  expect(scored.map((one) => scorer.propensityOf(one, candidate))).toEqual([0.5, 0.1, 0.5]);
  expect(scored.map((one) => scorer.useOf(one, SLOT))).toMatchObject([
    { modelId: 'f', isFallback: false },
    { modelId: '', isFallback: true },
    { modelId: 'f', isFallback: false },
  ]);
});
