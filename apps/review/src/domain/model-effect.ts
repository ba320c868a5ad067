import { groupRatioP } from './sample-ratio';

export const MODEL_GROUPS = ['champion', 'challenger', 'no_model'] as const;
export type ModelGroup = (typeof MODEL_GROUPS)[number];

const Z_95 = 1.959963984540054;
/** Fewer customers in a group say nothing of how they differ. */
const CUSTOMERS_MIN = 30;

/** Sums over the customers of a group: of each one's decisions n, successes y and value v, and of their squares and products. */
export interface GroupSums {
  group: ModelGroup;
  customers: number;
  n: number;
  y: number;
  v: number;
  nn: number;
  yy: number;
  vv: number;
  ny: number;
  nv: number;
  fallbacks: number;
  /** Customers first decided on in this group, and how many the shares of then would give it. */
  drawn: number;
  expected: number;
}

export interface ModelLift {
  group: ModelGroup;
  against: ModelGroup;
  hasLift: boolean;
  rateLift: number;
  rateCiLow: number;
  rateCiHigh: number;
  valueLiftMinor: number;
  valueCiLowMinor: number;
  valueCiHighMinor: number;
  explanation: string;
}

/** What a group's decisions brought, each. */
interface Ratio {
  mean: number;
  variance: number;
}

/**
 * A sum for each decision, with the variance that counts customers as independent, as they were drawn, and their decisions not.
 * Source: A. Deng et al., "Applying the delta method in metric analytics", KDD 2018, section 3.
 */
function ratioOf(
  { customers: k, n, nn }: GroupSums,
  { sum, squares, product }: { sum: number; squares: number; product: number },
): Ratio {
  const mean = sum / n;
  const residual = Math.max(0, squares - 2 * mean * product + mean ** 2 * nn);
  return { mean, variance: ((k / (k - 1)) * residual) / n ** 2 };
}

/** How each group that ranks by a model did against the no-model group, and the challenger against the champion. */
export function modelLifts(all: readonly GroupSums[]): ModelLift[] {
  const pairs: [ModelGroup, ModelGroup][] = [
    ['champion', 'no_model'],
    ['challenger', 'no_model'],
    ['challenger', 'champion'],
  ];
  return pairs.map(([group, against]) => liftOf(group, against, all));
}

/** Probability of a split at least this far from the planned one; small says that no lift is to be trusted. */
export const modelRatioP = (all: readonly GroupSums[]): number =>
  groupRatioP(all.map(({ drawn, expected }) => ({ count: drawn, expected })));

function liftOf(group: ModelGroup, against: ModelGroup, all: readonly GroupSums[]): ModelLift {
  const [own, other] = [group, against].map((name) => all.find((one) => one.group === name));
  const few = [own, other].findIndex((sums) => (sums?.customers ?? 0) < CUSTOMERS_MIN);
  if (own === undefined || other === undefined || few >= 0) {
    const name = few === 1 ? against : group;
    const explanation = `The ${name} group has fewer than ${CUSTOMERS_MIN} customers, so a lift cannot be told yet.`;
    return { group, against, hasLift: false, ...nothing, explanation };
  }
  const rate = difference(byRate(own), byRate(other));
  const value = difference(byValue(own), byValue(other));
  return {
    group,
    against,
    hasLift: true,
    rateLift: rate.lift,
    rateCiLow: rate.low,
    rateCiHigh: rate.high,
    valueLiftMinor: value.lift,
    valueCiLowMinor: value.low,
    valueCiHighMinor: value.high,
    explanation: `Decisions of the ${group} group succeeded ${verdictOf(rate)} those of the ${against} group (95 % interval).`,
  };
}

const nothing = {
  rateLift: 0,
  rateCiLow: 0,
  rateCiHigh: 0,
  valueLiftMinor: 0,
  valueCiLowMinor: 0,
  valueCiHighMinor: 0,
};

const byRate = (sums: GroupSums): Ratio => ratioOf(sums, { sum: sums.y, squares: sums.yy, product: sums.ny });
const byValue = (sums: GroupSums): Ratio => ratioOf(sums, { sum: sums.v, squares: sums.vv, product: sums.nv });

function difference(own: Ratio, other: Ratio): { lift: number; low: number; high: number } {
  const lift = own.mean - other.mean;
  const half = Z_95 * Math.sqrt(own.variance + other.variance);
  return { lift, low: lift - half, high: lift + half };
}

const verdictOf = ({ low, high }: { low: number; high: number }): string =>
  low > 0 ? 'more often than' : high < 0 ? 'less often than' : 'not detectably more or less often than';
