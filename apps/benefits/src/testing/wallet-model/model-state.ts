export const DAY_MS = 24 * 3600 * 1000;

export interface ModelStock {
  /**
   * A red packet is used in any parts, a discount whole. A third party's code is shown, not redeemed at a till. Points are
   * credited, and a bundle is opened, with the claim. Only the first two are given away.
   */
  kind: 'packet' | 'discount' | 'code' | 'points' | 'bundle';
  /** Of a bundle: the stocks it is made of. */
  parts: string[];
  /** Of a bundle: all of them or nothing; else whatever is left. */
  isWhole: boolean;
  /** One for all sequences: how many are left of it is nobody's own. */
  isCommon: boolean;
  face: number;
  /** Of 10,000 parts, those that the bank bears. */
  bankPart: number;
  threshold: number;
  total: number;
  perDay: number;
  perCustomer: number;
  perPerson: number;
  budget: number;
  /** The model does not see them: however many, it is one stock. */
  shards: number;
  endsAt: number;
  validMs: number;
  state: StockState;
}

/** Whether it can be passed on to others. */
export const isGivable = ({ kind }: ModelStock): boolean => kind === 'packet' || kind === 'discount';

export type StockState = 'open' | 'paused' | 'closed';

export interface ModelInstance {
  stock: string;
  customer: string;
  state: string;
  left: number;
  /** The bank's part of what is left; the rest is borne by whichever merchant redeems. */
  bank: number;
  endsAt: number;
}

/** Value, and the bank's part of it. */
export interface Part {
  amount: number;
  bank: number;
}

export interface SoldItem {
  instance: string;
  amount: number;
  held: number;
}

/** A benefit shown at a till: the code is told by the time it was made at and a nonce. */
export interface ShownItem {
  instance: string;
  madeAt: number;
  nonce: string;
  amount: number;
}

/** A request as the model sees it; things are named by the request that made them. */
export type Request = { id: string } & (
  | { do: 'claim'; stock: string; customer: string }
  | { do: 'redeem' | 'hold'; items: ShownItem[]; merchant: string; order: number }
  | { do: 'commit' | 'void_hold'; hold: string }
  | { do: 'reverse'; redemption: string }
  | { do: 'offer' | 'void'; instance: string }
  | { do: 'accept'; gift: string; customer: string }
  | { do: 'cancel'; gift: string }
  | { do: 'transfer'; instance: string; customer: string }
  | { do: 'shared'; stock: string; customer: string }
  | { do: 'set_state'; stock: string; to: StockState }
  | { do: 'link'; customer: string; person: string }
  | { do: 'show'; instance: string }
  | { do: 'earn'; customer: string; amount: number; at: number }
  | { do: 'unearn'; customer: string; earning: string }
  | { do: 'buy'; customer: string }
  | { do: 'sell'; instance: string }
  | { do: 'sign_in'; customer: string }
  | { do: 'make_up'; customer: string; day: number }
  | { do: 'find'; customer: string; point: string; at: number }
  | { do: 'join'; host: string; guest: string }
  | { do: 'adjust'; merchant: string; amount: number }
  | {
      do: 'settle';
      merchant: string;
      redemptions: string[];
      reversals: string[];
      adjustments: string[];
      amount: number;
    }
);

/** The request as one of those that do this. */
export type RequestTo<D extends Request['do']> = Request & { do: D };

/** Points that end together. */
export interface PointsLot {
  points: number;
  endsAt: number;
}

/** What was earned, until it is granted or refused. */
export type Owed = { customer: string } & ({ points: number; validMonths: number } | { stock: string });

export interface ModelState {
  now: number;
  stocks: Record<string, ModelStock>;
  instances: Record<string, ModelInstance>;
  holds: Record<string, { items: SoldItem[]; merchant: string; state: string; endsAt: number }>;
  gifts: Record<string, { instance: string; state: string; endsAt: number }>;
  redemptions: Record<
    string,
    { item: SoldItem; taken: Part; cost: Part; merchant: string; at: number; isReversed: boolean }
  >;
  adjustments: Record<string, { merchant: string; amount: number }>;
  /** What has been paid for: redemptions, reversals and adjustments by name. */
  settled: Record<string, true>;
  /** By customer. */
  persons: Record<string, string>;
  points: Record<string, PointsLot[]>;
  /** What was earned by customer and day. */
  earned: Record<string, number>;
  /** By request: what a payment gave, and what was told when it was taken back. */
  earnings: Record<string, { customer: string; day: number; points: number; endsAt: number; told?: string }>;
  /** By request: what was given, until the other side is granted or refused. */
  exchanges: Record<string, { given: PointsLot[]; instance: string; customer: string }>;
  /** How often an offer was used, by customer and day. */
  exchanged: Record<string, number>;
  /** Days signed by customer, counted from 1970 in the bank's zone. */
  signed: Record<string, number[]>;
  /** Make-up cards used, by customer and month. */
  cardsUsed: Record<string, number>;
  /** Cards that were earned, less those used. */
  extraCards: Record<string, number>;
  /** By customer: where he was seen last, so many metres along the road of the hunt. */
  seen: Record<string, { metres: number; at: number }>;
  /** The day on which a customer found a point, by both. */
  found: Record<string, number>;
  /** Who was invited, and by whom. */
  joined: Record<string, string>;
  /** For how many guests a customer was rewarded. */
  rewardedGuests: Record<string, number>;
  /** By the request that earned it and a word. */
  owed: Record<string, Owed>;
  /** What became of rewards: how many by `customer granted` and `customer refused`. */
  rewards: Record<string, number>;
  /** `stock`, `stock day` and `stock customer`. */
  taken: Record<string, number>;
  /** Debits less credits. */
  balances: Record<string, number>;
  usedCodes: Record<string, true>;
  answers: Record<string, string>;
}

export const emptyModel = (now: number, stocks: Record<string, ModelStock>): ModelState => ({
  now,
  stocks,
  instances: {},
  holds: {},
  gifts: {},
  redemptions: {},
  adjustments: {},
  settled: {},
  persons: {},
  points: {},
  earned: {},
  earnings: {},
  exchanges: {},
  exchanged: {},
  signed: {},
  cardsUsed: {},
  extraCards: {},
  seen: {},
  found: {},
  joined: {},
  rewardedGuests: {},
  owed: {},
  rewards: {},
  taken: {},
  balances: {},
  usedCodes: {},
  answers: {},
});

export class Refusal extends Error {}

export const refuseIf = (isRefused: boolean, reason: string): void => {
  if (isRefused) throw new Refusal(reason);
};

/** The times a stock was claimed and not taken back. */
export const takenOf = ({ taken }: ModelState, key: string): number => taken[key] ?? 0;

/** The day in the bank's zone, counted from 1970. */
export const dayOf = (at: number): number => Math.floor((at + 8 * 3600 * 1000) / DAY_MS);

/** The customer first, and all that are said to be of the same person. */
export function profilesOf({ persons }: ModelState, customer: string): string[] {
  const isSame = (other: string): boolean => other !== customer && persons[other] === persons[customer];
  return [customer, ...Object.keys(persons).filter(isSame)];
}

export const sumOf = (amounts: number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

/** One more of a stock for a customer, by claim or as a gift. */
export function requireRoom(state: ModelState, stock: string, customer: string): void {
  const { perCustomer, perPerson } = at(state.stocks, stock);
  refuseIf(perCustomer > 0 && takenOf(state, `${stock} ${customer}`) >= perCustomer, 'CUSTOMER_LIMIT_REACHED');
  const all = sumOf(profilesOf(state, customer).map((profile) => takenOf(state, `${stock} ${profile}`)));
  refuseIf(perPerson > 0 && all >= perPerson, 'PERSON_LIMIT_REACHED');
}

export function end(state: ModelState, instance: ModelInstance, to: 'expired' | 'void'): void {
  const rest = { amount: instance.left, bank: instance.bank };
  moveShared(state, `customer:${instance.customer}`, to === 'expired' ? 'expired' : 'budget', rest);
  instance.state = to;
  instance.left = 0;
  instance.bank = 0;
}

/** A part of something, the bank's share of it in proportion; half a minor unit goes to the bank. */
export const partOf = (amount: number, of: Part): Part => ({
  amount,
  bank: of.amount === 0 ? 0 : Math.floor((2 * amount * of.bank + of.amount) / (2 * of.amount)),
});

/** Debits an account and credits those of both parties; the other way with a negative part. */
export function moveShared(state: ModelState, from: string, to: 'budget' | 'expired', { amount, bank }: Part): void {
  move(state, from, `${to}_bank`, bank);
  move(state, from, `${to}_merchant`, amount - bank);
}

export const minus = ({ amount, bank }: Part): Part => ({ amount: -amount, bank: -bank });

/** Debits one account and credits the other. */
export function move(state: ModelState, from: string, to: string, amount: number): void {
  state.balances[from] = (state.balances[from] ?? 0) + amount;
  state.balances[to] = (state.balances[to] ?? 0) - amount;
}

export function count(state: ModelState, key: string, by: number): void {
  state.taken[key] = takenOf(state, key) + by;
}

export function at<T>(things: Record<string, T>, name: string): T {
  const thing = things[name];
  if (thing === undefined) throw new Error(`the model knows no ${name}`);
  return thing;
}
