import fc from 'fast-check';

export const CUSTOMERS = ['ann', 'bo', 'cy'] as const;
export const MERCHANTS = ['tea', 'rice'] as const;
export const STOCKS = ['packet', 'discount', 'short'] as const;

const MOVES = [
  'claim',
  'redeem',
  'hold',
  'commit',
  'void_hold',
  'reverse',
  'offer',
  'accept',
  'cancel',
  'transfer',
  'void',
  'again',
] as const;

/** A command not yet tied to what is there: it picks among the instances, holds, gifts and redemptions of its turn. */
export interface Wish {
  do: (typeof MOVES)[number];
  pick: number;
  whom: number;
  amount: number;
  order: number;
  nonce: string;
  items: number;
}

/** Requests sent at once, the first of them perhaps twice. */
export interface Step {
  wishes: Wish[];
  isFirstTwice: boolean;
}

/** What is played at once: sequences that do not meet, and the time that passes after each step of all of them. */
export interface Crowd {
  sequences: Step[][];
  pausesMs: number[];
}

/** Steps after the opening one. */
const STEPS_MIN = 2;
const STEPS_MAX = 6;

const wishTo = (move: fc.Arbitrary<Wish['do']>): fc.Arbitrary<Wish> =>
  fc.record({
    do: move,
    pick: fc.nat(11),
    whom: fc.nat(5),
    amount: fc.constantFrom(0, 0, 100, 300, 900),
    order: fc.constantFrom(5_000, 5_000, 1_000, 250),
    nonce: fc.constantFrom('left', 'right'),
    items: fc.constantFrom(1, 1, 1, 2),
  });

const wish = wishTo(
  fc.oneof(
    { arbitrary: fc.constant('claim' as const), weight: 1 },
    { arbitrary: fc.constantFrom('redeem' as const, 'hold' as const, 'offer' as const), weight: 5 },
    {
      arbitrary: fc.constantFrom('commit' as const, 'reverse' as const, 'accept' as const, 'transfer' as const),
      weight: 5,
    },
    { arbitrary: fc.constantFrom(...MOVES), weight: 6 },
  ),
);

const stepOf = (wishes: fc.Arbitrary<Wish>, minLength: number): fc.Arbitrary<Step> =>
  fc.record({
    wishes: fc.array(wishes, { minLength, maxLength: 3, size: 'max' }),
    isFirstTwice: fc.boolean(),
  });

/** Some claims, and then anything. */
const sequence: fc.Arbitrary<Step[]> = fc
  .tuple(
    stepOf(wishTo(fc.constant('claim')), 2),
    fc.array(stepOf(wish, 1), { minLength: STEPS_MIN, maxLength: STEPS_MAX, size: 'max' }),
  )
  .map(([opening, rest]) => [opening, ...rest]);

const pauseMs = fc.oneof(
  { arbitrary: fc.constant(0), weight: 4 },
  {
    arbitrary: fc.constantFrom(30_000, 30_000, 90_000, 301_000, 12 * 3600_000, 24 * 3600_000, 7 * 24 * 3600_000),
    weight: 1,
  },
);

/** @param sizeMax sequences at most */
export const crowds = (sizeMax: number): fc.Arbitrary<Crowd> =>
  fc.record({
    sequences: fc.array(sequence, { minLength: 1, maxLength: sizeMax, size: 'max' }),
    pausesMs: fc.array(pauseMs, { minLength: STEPS_MAX + 1, maxLength: STEPS_MAX + 1 }),
  });
