import * as fc from 'fast-check';
import { seededRandom } from '../stable-hash';
import { emptyPlatt, learnPlatt, pays, recalibrate } from './platt';

const teach = (rateOf: (raw: number) => number, count = 6_000) => {
  const state = emptyPlatt();
  const random = seededRandom('platt');
  for (let i = 0; i < count; i += 1) {
    const raw = 0.02 + 0.9 * random();
    learnPlatt(state, raw, random() < rateOf(raw));
  }
  return state;
};

describe('online recalibration', () => {
  it('mends scores that are too sure of themselves', () => {
    const rateOf = (raw: number): number => 0.3 + 0.2 * raw;
    const state = teach(rateOf);
    expect(pays(state)).toBe(true);
    for (const raw of [0.1, 0.5, 0.85]) {
      const after = Math.abs(recalibrate(state, raw) - rateOf(raw));
      expect(after).toBeLessThan(0.08);
      expect(after).toBeLessThan(Math.max(0.03, Math.abs(raw - rateOf(raw))));
    }
  });

  it('leaves scores that are right, and all before enough is known', () => {
    const right = teach((raw) => raw);
    expect(Math.abs(recalibrate(right, 0.3) - 0.3)).toBeLessThan(0.03);
    expect(pays(teach(() => 0.01, 150))).toBe(false);
  });

  it('never turns the order of two scores', () => {
    const states = [teach((raw) => 1 - raw), teach(() => 0.02), emptyPlatt()];
    const score = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...states), score, score, (state, a, b) => {
        if (a < b) expect(recalibrate(state, a)).toBeLessThanOrEqual(recalibrate(state, b));
      }),
    );
  });
});
