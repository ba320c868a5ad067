import { chiSquaredTail, erfc, sampleRatioP } from './sample-ratio';

describe('chi-squared tail, one degree of freedom', () => {
  // Critical values of the standard tables.
  it.each([
    [0.00393214, 0.95],
    [0.454936423, 0.5],
    [2.705543454, 0.1],
    [3.841458821, 0.05],
    [6.634896601, 0.01],
    [10.82756617, 0.001],
    [15.136705227, 0.0001],
    [23.92812689, 1e-6],
  ])('of %f is %f', (value, tail) => {
    expect(chiSquaredTail(value) / tail).toBeCloseTo(1, 5);
  });

  it('of nothing is 1', () => {
    expect(chiSquaredTail(0)).toBe(1);
  });

  // Abramowitz and Stegun, table 7.1.
  it.each([
    [0, 1],
    [0.5, 0.4795001222],
    [1, 0.1572992071],
    [2, 0.004677735],
    [-1, 1.8427007929],
  ])('erfc(%f) is %f', (x, value) => {
    expect(Math.abs(erfc(x) / value - 1)).toBeLessThan(2e-7);
  });
});

describe('sample ratio', () => {
  it('accepts the planned split and refuses one that is far off', () => {
    expect(sampleRatioP(9000, 1000, 0.1)).toBe(1);
    // (1060 - 1000)² / 1000 + (8940 - 9000)² / 9000 = 4
    expect(sampleRatioP(8940, 1060, 0.1)).toBeCloseTo(0.0455, 4);
    expect(sampleRatioP(5000, 5300, 0.5)).toBeLessThan(0.01);
  });

  it('has an answer at the edges', () => {
    expect(sampleRatioP(0, 0, 0.1)).toBe(1);
    expect(sampleRatioP(10, 0, 0)).toBe(1);
    expect(sampleRatioP(10, 1, 0)).toBe(0);
    expect(sampleRatioP(0, 10, 1)).toBe(1);
  });
});
