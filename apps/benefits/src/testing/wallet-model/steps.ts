import fc from 'fast-check';
import type { Request } from './model-state';

export const CUSTOMERS = ['ann', 'bo', 'cy'] as const;
export const MERCHANTS = ['tea', 'rice'] as const;
/** Whom customers invite. */
export const GUESTS = ['gil', 'hu', 'ike'] as const;
/** Who turns out to be of a person. */
export const LINKED = [...CUSTOMERS, 'ann', 'gil', 'hu'] as const;
/** Most that are linked are linked to one. */
export const PERSONS = ['xi', 'xi', 'yu'] as const;
/** What is claimed; a coffee comes by exchange, and a cake is a reward. */
export const CLAIMED = ['packet', 'discount', 'short', 'voucher', 'box', 'bag', 'dots'] as const;
export const STOCKS = [...CLAIMED, 'coffee', 'cake'] as const;

/** Every command, and the rpc it is sent by. */
export const COMMANDS = {
  claim: 'claimBenefit',
  shared: 'claimSharedBenefit',
  redeem: 'redeemByCode',
  hold: 'holdBenefit',
  commit: 'commitHold',
  void_hold: 'voidHold',
  reverse: 'reverseRedemption',
  offer: 'offerGift',
  accept: 'acceptGift',
  cancel: 'cancelGift',
  transfer: 'transferBenefit',
  void: 'voidInstance',
  show: 'showCode',
  earn: 'earnPoints',
  unearn: 'reversePoints',
  buy: 'exchange',
  sell: 'exchange',
  sign_in: 'signIn',
  make_up: 'makeUpSignIn',
  find: 'claimHuntPoint',
  join: 'acceptInvite',
  adjust: 'postAdjustment',
  settle: 'postSettlement',
  link: 'linkPerson',
  set_state: 'setStockState',
} satisfies Record<Request['do'], string>;

const MOVES = [...(Object.keys(COMMANDS) as Request['do'][]), 'again' as const];

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

/** Steps after the opening ones. */
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

const oneOf = (...moves: Wish['do'][]): fc.Arbitrary<Wish['do']> => fc.constantFrom(...moves);

const wish = wishTo(
  fc.oneof(
    { arbitrary: oneOf('claim', 'claim', 'link'), weight: 4 },
    { arbitrary: oneOf('redeem', 'hold', 'offer'), weight: 5 },
    { arbitrary: oneOf('commit', 'reverse', 'accept', 'transfer'), weight: 5 },
    { arbitrary: oneOf('earn', 'unearn', 'buy', 'buy', 'sell', 'sign_in', 'settle', 'show'), weight: 4 },
    { arbitrary: fc.constantFrom(...MOVES), weight: 7 },
  ),
);

/** What brings rewards, and what they are limited by. */
const earning = wishTo(
  fc.oneof(
    { arbitrary: oneOf('join', 'find', 'sign_in', 'make_up'), weight: 6 },
    { arbitrary: oneOf('link', 'void', 'transfer', 'again'), weight: 2 },
    { arbitrary: fc.constantFrom(...MOVES), weight: 1 },
  ),
);

const stepOf = (wishes: fc.Arbitrary<Wish>, minLength: number): fc.Arbitrary<Step> =>
  fc.record({
    wishes: fc.array(wishes, { minLength, maxLength: 3, size: 'max' }),
    isFirstTwice: fc.boolean(),
  });

/** Two customers who turn out to be one person. */
const linked: Step = {
  wishes: [0, 1].map((whom) => ({ do: 'link', pick: 0, whom, amount: 0, order: 5_000, nonce: 'left', items: 1 })),
  isFirstTwice: false,
};

const stepsOf = (wishes: fc.Arbitrary<Wish>): fc.Arbitrary<Step[]> =>
  fc.array(stepOf(wishes, 1), { minLength: STEPS_MIN, maxLength: STEPS_MAX, size: 'max' });

/** Sometimes a person, some claims and payments, and then anything, or mostly what brings rewards. */
const sequence: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.constantFrom([], [], [linked]),
    stepOf(wishTo(oneOf('claim', 'claim', 'claim', 'earn')), 2),
    fc.oneof({ arbitrary: stepsOf(wish), weight: 3 }, { arbitrary: stepsOf(earning), weight: 1 }),
  )
  .map(([before, opening, rest]) => [...before, opening, ...rest]);

const pauseMs = fc.oneof(
  { arbitrary: fc.constant(0), weight: 4 },
  {
    arbitrary: fc.constantFrom(
      30_000,
      30_000,
      90_000,
      301_000,
      12 * 3600_000,
      24 * 3600_000,
      7 * 24 * 3600_000,
      40 * 24 * 3600_000,
    ),
    weight: 1,
  },
);

/** @param sizeMax sequences at most */
export const crowds = (sizeMax: number): fc.Arbitrary<Crowd> =>
  fc.record({
    sequences: fc.array(sequence, { minLength: 1, maxLength: sizeMax, size: 'max' }),
    pausesMs: fc.array(pauseMs, { minLength: STEPS_MAX + 2, maxLength: STEPS_MAX + 2 }),
  });
