/**
 * Complementary error function, fractional error below 1.2e-7 everywhere, so that tiny tails stay right.
 * Source: W. H. Press et al., Numerical Recipes, 2nd ed., section 6.2 (Chebyshev fit).
 */
export function erfc(x: number): number {
  const t = 1 / (1 + Math.abs(x) / 2);
  const fit = COEFFICIENTS.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  const tail = t * Math.exp(-x * x + fit);
  return x >= 0 ? tail : 2 - tail;
}

const COEFFICIENTS = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
  0.17087277,
];

/** Probability of a chi-squared value with one degree of freedom at least this large. */
export const chiSquaredTail = (value: number): number => (value <= 0 ? 1 : Math.min(1, erfc(Math.sqrt(value / 2))));

/**
 * The same test for up to three groups with their expected counts; a group that expects nobody has no part unless it has members. 1 when
 * nothing was counted.
 */
export function groupRatioP(groups: readonly { count: number; expected: number }[]): number {
  if (groups.some(({ count, expected }) => expected === 0 && count > 0)) return 0;
  const planned = groups.filter(({ expected }) => expected > 0);
  const value = planned.reduce((sum, { count, expected }) => sum + (count - expected) ** 2 / expected, 0);
  if (planned.length < 2) return 1;
  // Two degrees of freedom have a closed form.
  return planned.length === 2 ? chiSquaredTail(value) : Math.exp(-value / 2);
}

/**
 * Chi-squared test of the observed group sizes against the planned split: the probability of a split at least this far off
 * when the groups were drawn as planned. A small value says that the assignment or the counting is broken, so that no
 * effect may be read from it. 1 when nothing was counted; 0 when a group has members that the plan gives none.
 * Source: A. Fabijan et al., "Diagnosing sample ratio mismatch in online controlled experiments", KDD 2019.
 */
export function sampleRatioP(treatedCount: number, controlCount: number, plannedControlShare: number): number {
  const count = treatedCount + controlCount;
  const expectedControl = count * plannedControlShare;
  const expectedTreated = count - expectedControl;
  if (count === 0) return 1;
  if (expectedControl === 0 || expectedTreated === 0) return controlCount === expectedControl ? 1 : 0;
  const deviation = controlCount - expectedControl;
  return chiSquaredTail(deviation ** 2 / expectedControl + deviation ** 2 / expectedTreated);
}
