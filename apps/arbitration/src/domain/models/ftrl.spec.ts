import * as fc from 'fast-check';
import { FtrlRegression, MAX_LIVE_SLOTS, type FtrlSettings } from './ftrl';
import { packFtrlState, unpackFtrlState } from './ftrl-state';

const settings: FtrlSettings = { alpha: 0.1, beta: 1, l1: 0, l2: 0, retention: 1 };
const SLOTS = 12;

/** Algorithm 1 of the paper, line by line, dense; features off have x = 0. */
const byThePaper = (rows: { slots: number[]; outcome: boolean }[], { alpha, beta, l1, l2 }: FtrlSettings): number[] => {
  const z = Array<number>(SLOTS).fill(0);
  const n = Array<number>(SLOTS).fill(0);
  const w = (): number[] =>
    z.map((zi, i) =>
      Math.abs(zi) <= l1 ? 0 : -(1 / ((beta + Math.sqrt(n[i] ?? 0)) / alpha + l2)) * (zi - Math.sign(zi) * l1),
    );
  for (const { slots, outcome } of rows) {
    const weights = w();
    const x = z.map((_, i) => (slots.includes(i) ? 1 : 0));
    const p = 1 / (1 + Math.exp(-x.reduce<number>((sum, xi, i) => sum + xi * (weights[i] ?? 0), 0)));
    x.forEach((xi, i) => {
      const g = (p - (outcome ? 1 : 0)) * xi;
      const sigma = (1 / alpha) * (Math.sqrt((n[i] ?? 0) + g * g) - Math.sqrt(n[i] ?? 0));
      z[i] = (z[i] ?? 0) + g - sigma * (weights[i] ?? 0);
      n[i] = (n[i] ?? 0) + g * g;
    });
  }
  return w();
};

const aRow = fc.record({
  slots: fc.uniqueArray(fc.nat(SLOTS - 1), { minLength: 1, maxLength: 5 }),
  outcome: fc.boolean(),
});
const someRows = fc.array(aRow, { maxLength: 80 });
const someSettings = fc.record({
  alpha: fc.double({ min: 0.01, max: 1, noNaN: true }),
  beta: fc.double({ min: 0.1, max: 2, noNaN: true }),
  l1: fc.constantFrom(0, 0.2, 1),
  l2: fc.constantFrom(0, 0.5, 3),
  retention: fc.constant(1),
});
const taught = (rows: { slots: number[]; outcome: boolean }[], own = settings): FtrlRegression => {
  const model = new FtrlRegression(own);
  for (const { slots, outcome } of rows) model.learn(slots, outcome);
  return model;
};

describe('FtrlRegression', () => {
  it('learns as Algorithm 1 does', () => {
    fc.assert(
      fc.property(someRows, someSettings, (rows, own) => {
        const model = taught(rows, own);
        byThePaper(rows, own).forEach((weight, slot) => expect(model.weight(slot)).toBeCloseTo(weight, 9));
      }),
    );
  });

  it('makes the first step that can be worked out by hand', () => {
    const model = new FtrlRegression(settings);
    expect(model.learn([3], true)).toBe(0.5);
    // g = -0.5, n = 0.25, z = -0.5: w = 0.5 / ((1 + 0.5) / 0.1)
    expect(model.weight(3)).toBeCloseTo(1 / 30, 12);
  });

  it('moves along the gradient of the log-loss', () => {
    const rows = [
      { slots: [1, 2], outcome: true },
      { slots: [2, 3], outcome: false },
      { slots: [1, 3], outcome: true },
    ];
    const model = taught(rows);
    const at = (logit: number): number => Math.log(1 + Math.exp(-logit));
    const logit = model.logit([1, 4]);
    const slope = (at(logit + 1e-6) - at(logit - 1e-6)) / 2e-6;
    const before = model.state();
    const weightBefore = model.weight(1);
    model.learn([1, 4], true);
    const after = model.state();
    const n = (state: typeof before): number => state.n[[...state.slots].indexOf(1)] ?? 0;
    const z = (state: typeof before): number => state.z[[...state.slots].indexOf(1)] ?? 0;
    expect(n(after) - n(before)).toBeCloseTo(slope * slope, 6);
    const pull = ((Math.sqrt(n(after)) - Math.sqrt(n(before))) / settings.alpha) * weightBefore;
    expect(z(after) - z(before) + pull).toBeCloseTo(slope, 6);
  });

  it('comes near the true probabilities', () => {
    const model = new FtrlRegression({ ...settings, alpha: 0.5 });
    for (let i = 0; i < 4000; i += 1) {
      model.learn([0, 1], i % 5 === 0);
      model.learn([0, 2], i % 5 !== 0);
    }
    expect(model.predict([0, 1])).toBeCloseTo(0.2, 1);
    expect(model.predict([0, 2])).toBeCloseTo(0.8, 1);
  });

  it('holds rare slots at nought with l1', () => {
    const model = new FtrlRegression({ ...settings, l1: 1 });
    model.learn([7], true);
    expect(model.weight(7)).toBe(0);
  });

  it('follows a change sooner when old evidence fades', () => {
    const steady = new FtrlRegression(settings);
    const fading = new FtrlRegression({ ...settings, retention: 0.99 });
    for (let i = 0; i < 3000; i += 1) [steady, fading].forEach((model) => model.learn([1], i % 10 === 0));
    for (let i = 0; i < 200; i += 1) [steady, fading].forEach((model) => model.learn([1], i % 10 !== 0));
    expect(fading.predict([1])).toBeGreaterThan(steady.predict([1]) + 0.1);
  });

  it('forgets by time: half the evidence after a half-life, all the same for outcomes at once', () => {
    const DAY_MS = 86_400_000;
    const monday = new Date('2026-03-02T02:00:00Z');
    const later = (days: number): Date => new Date(monday.getTime() + days * DAY_MS);
    const learnt = (halfLifeDays?: number): FtrlRegression => {
      const model = new FtrlRegression({ ...settings, ...(halfLifeDays && { halfLifeDays }) });
      for (let i = 0; i < 500; i += 1) model.learn([1], i % 10 === 0, { at: monday });
      return model;
    };
    const evidence = (model: FtrlRegression): number => model.state().n[0] ?? 0;
    const before = evidence(learnt(30));
    expect(before).toBe(evidence(learnt()));
    const fading = learnt(30);
    const gradient = fading.predict([1]) - 1;
    fading.learn([1], true, { at: later(60) });
    expect(evidence(fading)).toBeCloseTo(before / 4 + gradient ** 2, 6);
    // An outcome that comes late fades nothing, and moves the clock not back.
    const known = evidence(fading);
    fading.learn([1], true, { at: later(10) });
    expect(evidence(fading)).toBeGreaterThan(known);
    expect(fading.state().minutes[0]).toBe(later(60).getTime() / 60_000);
    // A change is followed sooner after a pause.
    const [steady, quick] = [learnt(), learnt(30)];
    for (let i = 0; i < 20; i += 1) [steady, quick].forEach((model) => model.learn([1], true, { at: later(120) }));
    expect(quick.predict([1])).toBeGreaterThan(steady.predict([1]) + 0.03);
  });

  it('is the same to the last bit for the same outcomes, and unchanged by scoring', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const one = taught(rows);
        const other = taught(rows);
        rows.forEach(({ slots }) => other.predict(slots));
        expect(packFtrlState(one.state())).toEqual(packFtrlState(other.state()));
      }),
    );
  });

  it('goes on from a packed state exactly where it stopped', () => {
    fc.assert(
      fc.property(someRows, aRow, (rows, next) => {
        const model = taught(rows);
        const copy = FtrlRegression.from(settings, unpackFtrlState(packFtrlState(model.state())));
        expect(copy.learn(next.slots, next.outcome)).toBe(model.learn(next.slots, next.outcome));
        expect(packFtrlState(copy.state())).toEqual(packFtrlState(model.state()));
      }),
    );
  });

  it('holds no more weights than its limit', () => {
    const model = new FtrlRegression(settings);
    for (let slot = 0; slot < MAX_LIVE_SLOTS + 10; slot += 1) model.learn([slot], true);
    expect(model.size).toBe(MAX_LIVE_SLOTS);
    expect(model.weight(MAX_LIVE_SLOTS - 1)).toBeGreaterThan(0);
    expect(model.weight(MAX_LIVE_SLOTS + 1)).toBe(0);
  });

  it.each([{ alpha: 0 }, { beta: -1 }, { l1: NaN }, { l2: -0.1 }, { retention: 1.01 }, { halfLifeDays: 0 }])(
    'refuses %j',
    (wrong) => {
      expect(() => new FtrlRegression({ ...settings, ...wrong })).toThrow(
        expect.objectContaining({
          reason: 'VALIDATION_FAILED',
          violations: [expect.objectContaining({ field: Object.keys(wrong)[0] })],
        }),
      );
    },
  );
});

describe('unpackFtrlState', () => {
  it('refuses bytes that are cut, longer or another thing', () => {
    const bytes = packFtrlState(taught([{ slots: [1], outcome: true }]).state());
    const notFinite = bytes.slice();
    new DataView(notFinite.buffer).setFloat64(12, NaN, true);
    for (const wrong of [
      bytes.slice(0, -1),
      new Uint8Array([...bytes, 0]),
      new Uint8Array(0),
      new Uint8Array(28),
      notFinite,
    ]) {
      expect(() => unpackFtrlState(wrong)).toThrow(expect.objectContaining({ reason: 'MODEL_STATE_CORRUPT' }));
    }
  });
});
