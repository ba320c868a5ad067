export const DAY_MS = 24 * 3600 * 1000;

export interface ModelStock {
  /** Part of every sale that can be asked for: a red packet; else it is used whole. */
  isStored: boolean;
  face: number;
  threshold: number;
  total: number;
  perDay: number;
  perCustomer: number;
  endsAt: number;
  validMs: number;
}

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
);

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

export function requireRoom(state: ModelState, { perCustomer }: ModelStock, key: string): void {
  refuseIf(perCustomer > 0 && takenOf(state, key) >= perCustomer, 'CUSTOMER_LIMIT_REACHED');
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
