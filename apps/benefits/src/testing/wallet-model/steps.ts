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

/** Requests sent at once, the first of them perhaps twice; or time that passes. */
export type Step = { wishes: Wish[]; isFirstTwice: boolean } | { ms: number };

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

const together: fc.Arbitrary<Step> = fc.record({
  wishes: fc.array(wish, { minLength: 1, maxLength: 4, size: 'max' }),
  isFirstTwice: fc.boolean(),
});

const later: fc.Arbitrary<Step> = fc.record({
  ms: fc.constantFrom(30_000, 30_000, 90_000, 301_000, 12 * 3600_000, 24 * 3600_000, 7 * 24 * 3600_000),
});

const opening: fc.Arbitrary<Step> = fc.record({
  wishes: fc.array(wishTo(fc.constant('claim')), { minLength: 3, maxLength: 4, size: 'max' }),
  isFirstTwice: fc.boolean(),
});

/** A sequence: some claims, and then anything. */
export const steps: fc.Arbitrary<Step[]> = fc
  .tuple(
    opening,
    fc.array(fc.oneof({ arbitrary: together, weight: 6 }, { arbitrary: later, weight: 1 }), {
      minLength: 6,
      maxLength: 14,
      size: 'max',
    }),
  )
  .map(([first, rest]) => [first, ...rest]);
