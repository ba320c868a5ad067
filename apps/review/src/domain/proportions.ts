/** The standard normal quantile of a two-sided 95 % interval. */
const Z_95 = 1.959963984540054;

export interface Interval {
  low: number;
  high: number;
}

/** Successes among a count of customers. */
export interface Proportion {
  successCount: number;
  count: number;
}

export const rateOf = ({ successCount, count }: Proportion): number => (count === 0 ? 0 : successCount / count);

/**
 * Wilson's 95 % score interval of one proportion; all of 0 to 1 when nothing was counted.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209-212.
 */
export function wilsonInterval(proportion: Proportion): Interval {
  const { count } = proportion;
  if (count === 0) return { low: 0, high: 1 };
  const rate = rateOf(proportion);
  const centre = rate + Z_95 ** 2 / (2 * count);
  const half = Z_95 * Math.sqrt((rate * (1 - rate)) / count + Z_95 ** 2 / (4 * count ** 2));
  const scale = 1 + Z_95 ** 2 / count;
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}

/**
 * 95 % interval of the difference a - b of two independent proportions, hybrid score without continuity correction.
 * Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
 * methods", Statistics in Medicine 17 (1998), 873-890, method 10.
 */
export function newcombeInterval(a: Proportion, b: Proportion): Interval {
  const [rateA, rateB] = [rateOf(a), rateOf(b)];
  const [wilsonA, wilsonB] = [wilsonInterval(a), wilsonInterval(b)];
  const difference = rateA - rateB;
  return {
    low: difference - Math.hypot(rateA - wilsonA.low, wilsonB.high - rateB),
    high: difference + Math.hypot(wilsonA.high - rateA, rateB - wilsonB.low),
  };
}
