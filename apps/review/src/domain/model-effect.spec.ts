import * as fc from 'fast-check';
import { modelLifts, modelRatioP, type GroupSums, type ModelGroup } from './model-effect';
import { groupRatioP, sampleRatioP } from './sample-ratio';

const sumsOf = (group: ModelGroup, rows: [n: number, y: number, v: number][]): GroupSums => {
  const sum = (of: (row: [number, number, number]) => number): number => rows.reduce((all, row) => all + of(row), 0);
  return {
    group,
    customers: rows.length,
    n: sum(([n]) => n),
    y: sum(([, y]) => y),
    v: sum(([, , v]) => v),
    nn: sum(([n]) => n * n),
    yy: sum(([, y]) => y * y),
    vv: sum(([, , v]) => v * v),
    ny: sum(([n, y]) => n * y),
    nv: sum(([n, , v]) => n * v),
    fallbacks: 0,
    drawn: rows.length,
    expected: rows.length,
  };
};
const people = (count: number, successes: number): [number, number, number][] =>
  Array.from({ length: count }, (_, i) => [1, i < successes ? 1 : 0, i < successes ? 500 : 0]);

describe('model group against non-model group', () => {
  it('with one decision each is the difference of two proportions', () => {
    const [lift] = modelLifts([sumsOf('champion', people(400, 80)), sumsOf('no_model', people(400, 40))]);
    const half = 1.96 * Math.sqrt((0.2 * 0.8 + 0.1 * 0.9) / 400);
    expect(lift).toMatchObject({ group: 'champion', against: 'no_model', hasLift: true });
    expect(lift?.rateLift).toBeCloseTo(0.1, 10);
    expect(lift?.rateCiLow).toBeCloseTo(0.1 - half, 3);
    expect(lift?.rateCiHigh).toBeCloseTo(0.1 + half, 3);
    expect(lift?.valueLiftMinor).toBeCloseTo(50, 8);
    expect(lift?.explanation).toContain('more often');
  });

  it('is not surer of itself for seeing the same customers again', () => {
    const again = (times: number): [number, number, number][] =>
      people(200, 60).map(([n, y, v]) => [n * times, y * times, v * times]);
    const widthOf = (times: number): number => {
      const [lift] = modelLifts([sumsOf('champion', again(times)), sumsOf('no_model', again(times))]);
      return lift!.rateCiHigh - lift!.rateCiLow;
    };
    expect(widthOf(5)).toBeCloseTo(widthOf(1), 10);
  });

  it('says which group is too small', () => {
    const lifts = modelLifts([sumsOf('champion', people(100, 5)), sumsOf('no_model', people(29, 5))]);
    expect(lifts.map(({ hasLift }) => hasLift)).toEqual([false, false, false]);
    expect(lifts[0]?.explanation).toContain('no_model');
  });

  it('turns round with its sides', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom(0, 1)), {
      minLength: 30,
      maxLength: 60,
    });
    fc.assert(
      fc.property(rows, rows, (left, right) => {
        const toRows = (all: [number, number][]): [number, number, number][] => all.map(([n, y]) => [n, y, y * 7]);
        const [one] = modelLifts([sumsOf('champion', toRows(left)), sumsOf('no_model', toRows(right))]);
        const [other] = modelLifts([sumsOf('champion', toRows(right)), sumsOf('no_model', toRows(left))]);
        expect(one?.rateLift).toBeCloseTo(-(other?.rateLift ?? NaN), 10);
        expect(one?.rateCiLow).toBeCloseTo(-(other?.rateCiHigh ?? NaN), 10);
        expect(one!.rateCiLow).toBeLessThanOrEqual(one!.rateCiHigh);
      }),
    );
  });
});

describe('the split', () => {
  it('agrees with the test of two groups, and knows the third', () => {
    const two = [
      { count: 480, expected: 500 },
      { count: 520, expected: 500 },
    ];
    expect(groupRatioP(two)).toBeCloseTo(sampleRatioP(480, 520, 0.5), 12);
    expect(groupRatioP([...two, { count: 0, expected: 0 }])).toBeCloseTo(groupRatioP(two), 12);
    // Tables: the 95 % point of chi-squared with two degrees of freedom is 5.991.
    const three = [100 + Math.sqrt(5.991 * 50), 100 - Math.sqrt(5.991 * 50), 100];
    expect(groupRatioP(three.map((count) => ({ count, expected: 100 })))).toBeCloseTo(0.05, 3);
  });

  it('has none for a group that nobody should be in', () => {
    const sums = sumsOf('no_model', people(40, 2));
    expect(
      modelRatioP([
        { ...sums, expected: 0 },
        { ...sums, group: 'champion' },
      ]),
    ).toBe(0);
    expect(modelRatioP([])).toBe(1);
  });
});
