import * as fc from 'fast-check';
import { AdaptiveModel, targetOf, type AdaptiveModelConfig, type AdaptiveModelSnapshot } from './adaptive-model';
import type { Attributes } from './features';
import { adaptiveConfig } from './model-slot';

const aConfig = (overrides: Partial<AdaptiveModelConfig> = {}): AdaptiveModelConfig => ({
  spec: {
    name: 'test',
    slots: 2 ** 18,
    forbidden: ['duration'],
    features: [
      { kind: 'categorical', name: 'job' },
      { kind: 'numeric', name: 'age', edges: [30, 60] },
      { kind: 'cross', name: 'job_age', of: ['job', 'age'] },
    ],
  },
  learners: [0.05, 0.2].map((alpha) => ({ alpha, beta: 1, l1: 0, l2: 0, retention: 0.999 })),
  minOutcomes: 50,
  priorRate: 0.05,
  ...overrides,
});

const customer = (i: number): Attributes => ({ job: ['retired', 'student', 'services'][i % 3], age: 20 + (i % 50) });
const buys = (i: number): boolean => i % 3 === 0 && i % 5 !== 0;
const taught = (count: number, config = aConfig()): AdaptiveModel => {
  const model = new AdaptiveModel(config);
  for (let i = 0; i < count; i += 1) model.learn(customer(i), buys(i));
  return model;
};
const stored = (snapshot: AdaptiveModelSnapshot): AdaptiveModelSnapshot =>
  JSON.parse(JSON.stringify(snapshot)) as AdaptiveModelSnapshot;

describe('AdaptiveModel', () => {
  it('scores every customer the base rate until enough outcomes are known', () => {
    const model = new AdaptiveModel(aConfig());
    expect(model.score(customer(0))).toBeCloseTo(0.05, 12);
    for (let i = 0; i < 49; i += 1) model.learn(customer(i), i < 10);
    expect(model.isReady).toBe(false);
    expect(model.score(customer(0))).toBeCloseTo((10 + 0.05 * 50) / (49 + 50), 12);
    expect(model.score(customer(1))).toBe(model.score(customer(0)));
    expect(model.explain(customer(0))).toEqual([]);
    model.learn(customer(49), false);
    expect(model.isReady).toBe(true);
    expect(model.score(customer(1))).not.toBe(model.score(customer(0)));
  });

  it('answers with the score it would have given just before', () => {
    const model = taught(200);
    const before = model.score(customer(3));
    expect(model.learn(customer(3), true)).toBe(before);
    expect(model.score(customer(3))).toBeGreaterThan(before);
  });

  it('learns who buys, and says why', () => {
    const model = taught(3000);
    expect(model.score(customer(3))).toBeGreaterThan(0.5);
    expect(model.score(customer(1))).toBeLessThan(0.1);
    expect(model.explain(customer(3), 2).map(({ feature }) => feature)).toContain('job=retired');
    const report = model.report(3);
    expect(report).toMatchObject({ count: 3000, positives: 800, isReady: true });
    expect(report.topPositive[0]).toMatchObject({ feature: 'job=retired', seen: 1000 });
    expect(report.topNegative.every(({ weight }) => weight < 0)).toBe(true);
    expect(report.logLoss).toBeLessThan(0.5);
    expect(report.recentLogLoss).toBeLessThan(report.recentBaseRateLogLoss);
    expect(report.listeningShares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('tells actions and channels apart, and lends a new one what all have in common', () => {
    const model = new AdaptiveModel(aConfig());
    const [call, app] = [targetOf('save', 'remote_bank'), targetOf('save', 'app')];
    // The retired say yes to a call, students in the app; the others never.
    const says = (i: number, target: string): boolean => i % 3 === (target === call ? 0 : 1) && i % 5 !== 0;
    for (let i = 0; i < 6_000; i += 1) {
      const target = i % 2 === 0 ? call : app;
      const customerOf = Math.floor(i / 2);
      model.learn(customer(customerOf), says(customerOf, target), { target });
    }
    expect(model.score(customer(3), call)).toBeGreaterThan(4 * model.score(customer(3), app));
    expect(model.score(customer(4), app)).toBeGreaterThan(4 * model.score(customer(4), call));
    const [all, ...targets] = model.reportTargets(5);
    expect(all).toMatchObject({ target: '', count: 6_000 });
    expect(targets.map(({ target, count }) => [target, count])).toEqual([
      [app, 3_000],
      [call, 3_000],
    ]);
    const weightOf = (target: string, feature: string): number =>
      targets.find((one) => one.target === target)?.features.find((one) => one.feature === feature)?.weight ?? 0;
    expect(weightOf(call, 'job=retired')).toBeGreaterThan(0.5);
    expect(weightOf(app, 'job=retired')).toBeLessThan(-0.5);
    for (const { auc, brier, baseRate, liftTopTenth } of targets) {
      expect(auc).toBeGreaterThan(0.8);
      expect(brier).toBeLessThan(baseRate * (1 - baseRate));
      expect(liftTopTenth).toBeGreaterThan(2);
    }
    // New: neither the one nor the other, but no stranger to those who never say yes.
    expect(model.score(customer(2), targetOf('save', 'branch'))).toBeLessThan(model.score(customer(0), call));
    const copy = AdaptiveModel.restore(stored(model.snapshot()));
    expect(copy.score(customer(3), call)).toBe(model.score(customer(3), call));
    expect(copy.reportTargets()).toEqual(model.reportTargets());
    expect(copy.reportCurve()).toEqual(model.reportCurve());
    expect(model.reportCurve()).toHaveLength(12);
    expect(model.reportCurve().at(-1)?.auc).toBeGreaterThan(model.reportCurve()[0]?.auc ?? 1);
  });

  it('forgets sooner with a shorter half-life', () => {
    const said = { spec: { features: [{ kind: 'categorical', name: 'job' } as const] }, minOutcomes: 20 };
    const [slow, fast] = [50_000, 200].map((halfLifeOutcomes) => {
      const model = new AdaptiveModel(adaptiveConfig({ ...said, halfLifeOutcomes }, 'x'));
      for (let i = 0; i < 4_000; i += 1) model.learn({ job: 'a' }, i % 10 === 0);
      for (let i = 0; i < 150; i += 1) model.learn({ job: 'a' }, i % 10 !== 0);
      return model.score({ job: 'a' });
    });
    expect(fast).toBeGreaterThan(slow! + 0.05);
  });

  it('does not see a forbidden attribute', () => {
    const model = taught(300);
    expect(model.score({ ...customer(3), duration: 900 })).toBe(model.score({ ...customer(3), duration: 1 }));
  });

  it('scores and learns after a restore exactly as it would have without', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), (count) => {
        const model = taught(count);
        const copy = AdaptiveModel.restore(stored(model.snapshot()));
        for (let i = count; i < count + 30; i += 1) {
          expect(copy.learn(customer(i), buys(i))).toBe(model.learn(customer(i), buys(i)));
        }
        expect(copy.report()).toEqual(model.report());
        expect(copy.score(customer(7))).toBe(model.score(customer(7)));
        expect(stored(copy.snapshot())).toEqual(stored(model.snapshot()));
      }),
      { numRuns: 20 },
    );
  });

  it('is left alone by changes to its snapshot', () => {
    const model = taught(100);
    const snapshot = model.snapshot();
    snapshot.meter.count = 0;
    expect(model.isReady).toBe(true);
  });

  it('refuses a snapshot that is not whole', () => {
    const snapshot = taught(100).snapshot();
    const [first] = snapshot.learners;
    const wrong: AdaptiveModelSnapshot[] = [
      { ...snapshot, version: 1 as never },
      { ...snapshot, learners: snapshot.learners.slice(1) },
      {
        ...snapshot,
        learners: snapshot.learners.map((own) => ({ ...own, weights: first?.weights.slice(0, 8) ?? '' })),
      },
    ];
    for (const one of wrong) {
      expect(() => AdaptiveModel.restore(one)).toThrow(expect.objectContaining({ reason: 'MODEL_STATE_CORRUPT' }));
    }
  });

  it.each([{ minOutcomes: 0 }, { priorRate: 1 }, { learners: [] }])('refuses %j', (wrong) => {
    expect(() => new AdaptiveModel(aConfig(wrong))).toThrow(expect.objectContaining({ reason: 'VALIDATION_FAILED' }));
  });
});
