import fc from 'fast-check';
import { newcombeInterval, rateOf, wilsonInterval } from './proportions';

const proportion = fc
  .tuple(fc.nat(500), fc.nat(500))
  .filter(([a, b]) => a + b > 0)
  .map(([successCount, rest]) => ({ successCount, count: successCount + rest }));

describe('newcombe interval', () => {
  // Newcombe (1998), table II, column of method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('of %i/%i - %i/%i is %f to %f', (a, m, b, n, low, high) => {
    const interval = newcombeInterval({ successCount: a, count: m }, { successCount: b, count: n });
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('holds the difference, stays within -1 and 1, and turns over with its groups', () => {
    fc.assert(
      fc.property(proportion, proportion, (a, b) => {
        const interval = newcombeInterval(a, b);
        const turned = newcombeInterval(b, a);
        const difference = rateOf(a) - rateOf(b);
        expect(interval.low).toBeLessThanOrEqual(difference);
        expect(interval.high).toBeGreaterThanOrEqual(difference);
        expect(interval.low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(interval.high).toBeLessThanOrEqual(1 + 1e-12);
        expect(turned.low).toBeCloseTo(-interval.high, 12);
      }),
    );
  });
});

describe('wilson interval', () => {
  // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i/%i is %f to %f', (successCount, count, low, high) => {
    const interval = wilsonInterval({ successCount, count });
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('of nothing is everything', () => {
    expect(wilsonInterval({ successCount: 0, count: 0 })).toEqual({ low: 0, high: 1 });
  });
});
