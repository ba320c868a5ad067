import * as fc from 'fast-check';
import { groupOf } from './model-group';
import { checkSettler, MODEL_MOVES, moveModel, rollBack, stageOf, type Stage } from './model-life';
import { fallbackOf, idOf, isSameModel, modelsOf, type ModelRef, type ModelSlot } from './model-slot';

const MODELS: ModelRef[] = [
  { kind: 'adaptive' },
  ...['a', 'b'].map((modelId): ModelRef => ({ kind: 'onnx', modelId })),
  ...['x', 'y'].map((modelId): ModelRef => ({ kind: 'remote', modelId })),
];
const STAGES = ['shadow', 'challenger', 'champion', 'retired'] as const;

const aSlot = (overrides: Partial<ModelSlot> = {}): ModelSlot => ({
  slot: 'deposit',
  champion: { kind: 'adaptive' },
  challenger: null,
  challengerBasisPoints: 0,
  noModelBasisPoints: 0,
  shadow: null,
  formerChampions: [],
  retired: [],
  historyFactType: '',
  successOutcome: 'converted',
  adaptive: null,
  version: 1,
  ...overrides,
});

type Step = { kind: 'move'; model: number; to: number; share: number } | { kind: 'back' };
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('move' as const),
        model: fc.nat(MODELS.length - 1),
        to: fc.nat(STAGES.length - 1),
        share: fc.integer({ min: -1, max: 6_000 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('back' as const) }) },
  ) as fc.Arbitrary<Step>,
  { maxLength: 60 },
);
const applied = (slot: ModelSlot, step: Step): ModelSlot =>
  step.kind === 'back'
    ? rollBack(slot)
    : moveModel(slot, { model: MODELS[step.model]!, to: STAGES[step.to]!, challengerBasisPoints: step.share });
const reasonOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

describe('the life of a model in a slot', () => {
  it('keeps to the table, keeps one champion, and no model in two places', () => {
    fc.assert(
      fc.property(steps, fc.nat(4_999), (all, noModelBasisPoints) => {
        let slot = aSlot({ noModelBasisPoints });
        for (const step of all) {
          const before = slot;
          const refusal = reasonOf(() => (slot = applied(before, step)));
          if (refusal !== 'none') {
            expect(slot).toBe(before);
            if (step.kind === 'move') {
              const isInTable = MODEL_MOVES[stageOf(before, MODELS[step.model]!)].includes(STAGES[step.to] as Stage);
              expect(refusal === 'MODEL_MOVE_NOT_ALLOWED').toBe(!isInTable);
            } else expect([refusal, before.formerChampions]).toEqual(['NO_FORMER_CHAMPION', []]);
            continue;
          }
          expect(slot.version).toBe(before.version + 1);
          if (step.kind === 'move') expect(stageOf(slot, MODELS[step.model]!)).toBe(STAGES[step.to]);
          const live = [slot.champion, slot.challenger, slot.shadow].filter((ref) => ref !== null);
          expect(new Set(live.map(idOf)).size).toBe(live.length);
          expect(slot.formerChampions.some((former) => isSameModel(former, slot.champion))).toBe(false);
          expect(slot.challengerBasisPoints > 0).toBe(slot.challenger !== null);
          expect(slot.challengerBasisPoints + slot.noModelBasisPoints).toBeLessThan(10_000);
        }
      }),
    );
  });

  it('goes back to exactly the champion of before', () => {
    const first = aSlot({ challenger: { kind: 'onnx', modelId: 'a' }, challengerBasisPoints: 500 });
    const won = moveModel(first, { model: { kind: 'onnx', modelId: 'a' }, to: 'champion', challengerBasisPoints: 0 });
    expect(won).toMatchObject({
      champion: { modelId: 'a' },
      challenger: null,
      formerChampions: [{ kind: 'adaptive' }],
    });
    const back = rollBack(won);
    expect(back).toMatchObject({ champion: { kind: 'adaptive' }, formerChampions: [] });
    expect(stageOf(back, { kind: 'onnx', modelId: 'a' })).toBe('retired');
    expect(reasonOf(() => rollBack(back))).toBe('NO_FORMER_CHAMPION');
  });

  it('keeps as retired who was champion too long ago to go back to', () => {
    const others = Array.from({ length: 7 }, (_, i): ModelRef => ({ kind: 'onnx', modelId: `m${i}` }));
    let slot = aSlot();
    for (const model of others) {
      const next = { ...slot, challenger: model, challengerBasisPoints: 500 };
      slot = moveModel(next, { model, to: 'champion', challengerBasisPoints: 0 });
    }
    expect(slot.formerChampions.map(idOf)).toEqual(['m5', 'm4', 'm3', 'm2', 'm1']);
    expect(slot.retired.map(idOf)).toEqual(['m0', 'adaptive']);
  });

  it('names what a move breaks', () => {
    const slot = aSlot({ shadow: { kind: 'onnx', modelId: 'a' }, noModelBasisPoints: 6_000 });
    const to = (model: ModelRef, stage: (typeof STAGES)[number], challengerBasisPoints = 0) =>
      reasonOf(() => moveModel(slot, { model, to: stage, challengerBasisPoints }));
    expect(to({ kind: 'onnx', modelId: 'a' }, 'champion')).toBe('MODEL_MOVE_NOT_ALLOWED');
    expect(to({ kind: 'onnx', modelId: 'b' }, 'shadow')).toBe('MODEL_PLACE_TAKEN');
    expect(to({ kind: 'onnx', modelId: 'a' }, 'challenger', 0)).toBe('VALIDATION_FAILED');
    expect(to({ kind: 'onnx', modelId: 'a' }, 'challenger', 4_000)).toBe('VALIDATION_FAILED');
    expect(to({ kind: 'onnx', modelId: 'a' }, 'challenger', 3_999)).toBe('none');
  });

  it('lets nobody approve his own move, but withdraw it', () => {
    expect(reasonOf(() => checkSettler('ann', 'ann', true))).toBe('MODEL_MOVE_OWN');
    expect(reasonOf(() => checkSettler('ann', 'ann', false))).toBe('none');
    expect(reasonOf(() => checkSettler('ann', 'ben', true))).toBe('none');
  });

  it('falls back to the last champion that is asked in the process', () => {
    const x: ModelRef = { kind: 'remote', modelId: 'x' };
    const y: ModelRef = { kind: 'remote', modelId: 'y' };
    expect(fallbackOf(aSlot({ champion: x, formerChampions: [y, { kind: 'onnx', modelId: 'a' }] }))).toEqual({
      kind: 'onnx',
      modelId: 'a',
    });
    expect(fallbackOf(aSlot({ champion: x }))).toBeNull();
    expect(modelsOf(aSlot({ shadow: x })).map(idOf)).toEqual(['adaptive', 'x']);
  });
});

describe('the group of a person', () => {
  const challenger: ModelRef = { kind: 'onnx', modelId: 'a' };

  it('is drawn once: shares that grow only take people from the champion', () => {
    const share = fc.integer({ min: 0, max: 2_500 });
    fc.assert(
      fc.property(fc.string(), share, share, share, share, (key, small, more, few, further) => {
        const before = groupOf(aSlot({ challenger, challengerBasisPoints: small, noModelBasisPoints: few }), key);
        const after = groupOf(
          aSlot({ challenger, challengerBasisPoints: small + more, noModelBasisPoints: few + further }),
          key,
        );
        if (before !== 'champion') expect(after).toBe(before);
      }),
    );
  });

  it('follows the shares', () => {
    const slot = aSlot({ challenger, challengerBasisPoints: 2_000, noModelBasisPoints: 1_000 });
    const counts = { champion: 0, challenger: 0, no_model: 0 };
    for (let i = 0; i < 20_000; i += 1) counts[groupOf(slot, `person-${i}`)] += 1;
    // Four standard deviations.
    expect(Math.abs(counts.challenger - 4_000)).toBeLessThan(230);
    expect(Math.abs(counts.no_model - 2_000)).toBeLessThan(170);
  });
});
