import { owe } from './model-rewards';
import {
  at,
  count,
  dayOf,
  end,
  minus,
  moveShared,
  partOf,
  Refusal,
  refuseIf,
  requireRoom,
  takenOf,
  type ModelState,
  type ModelStock,
  type RequestTo,
} from './model-state';

/** Points that are claimed live to the end of the month so many months on. */
const CLAIMED_VALID_MONTHS = 12;

export function claim(state: ModelState, request: RequestTo<'claim'>): string {
  take(state, request);
  return claimedText(partsOf(state, request.id));
}

/** With the stocks that came in it: what is told of a bundle is what was left. */
export const claimedText = (parts: string[]): string => ['claimed', ...parts.sort()].join(' ');

const partsOf = ({ instances }: ModelState, id: string): string[] =>
  Object.entries(instances).flatMap(([name, { stock }]) => (name.startsWith(`${id}/`) ? [stock] : []));

/** By a link, which ends with the claims. */
export function claimShared(state: ModelState, request: RequestTo<'shared'>): string {
  refuseIf(state.now >= at(state.stocks, request.stock).endsAt, 'SHARE_LINK_EXPIRED');
  return claim(state, { ...request, do: 'claim' });
}

interface Taking {
  /** What the instance is called. */
  id: string;
  stock: string;
  customer: string;
}

/** One of a stock for a customer; a bundle with what it is made of. */
export function take(state: ModelState, { id, stock: name, customer }: Taking): void {
  const stock = at(state.stocks, name);
  const day = `${name} day ${dayOf(state.now)}`;
  refuseIf(stock.state !== 'open', `STOCK_${stock.state.toUpperCase()}`);
  refuseIf(state.now >= stock.endsAt, 'CLAIM_ENDED');
  requireRoom(state, name, customer);
  refuseIf(takenOf(state, name) >= stock.total, 'STOCK_SOLD_OUT');
  refuseIf(stock.budget > 0 && (takenOf(state, name) + 1) * stock.face > stock.budget, 'BUDGET_EXHAUSTED');
  refuseIf(stock.perDay > 0 && takenOf(state, day) >= stock.perDay, 'DAILY_LIMIT_REACHED');
  if (stock.kind === 'bundle') open(state, stock, { id, customer });
  for (const key of [name, day, `${name} ${customer}`]) count(state, key, 1);
  issue(state, { id, stock: name, customer });
}

/** Refusals that end. */
const PASSING = ['STOCK_PAUSED', 'DAILY_LIMIT_REACHED'];

/** All parts of a bundle, or what is left of them. */
function open(state: ModelState, { parts, isWhole }: ModelStock, { id, customer }: Omit<Taking, 'stock'>): void {
  const reasons: string[] = [];
  const got = parts.filter((part) => {
    try {
      take(state, { id: `${id}/${part}`, stock: part, customer });
      return true;
    } catch (refusal) {
      if (isWhole || !(refusal instanceof Refusal)) throw refusal;
      reasons.push(refusal.message);
      return false;
    }
  });
  refuseIf(got.length === 0, reasons.find((reason) => PASSING.includes(reason)) ?? 'BUNDLE_EMPTY');
}

/** Its face is promised by the parties of its cost split; of points and bundles nothing waits in the wallet. */
function issue(state: ModelState, { id, stock: name, customer }: Taking): void {
  const stock = at(state.stocks, name);
  const endsAt = state.now + stock.validMs;
  if (stock.kind === 'points') owe(state, id, [{ customer, points: stock.face, validMonths: CLAIMED_VALID_MONTHS }]);
  if (stock.kind === 'points' || stock.kind === 'bundle') {
    state.instances[id] = { stock: name, customer, state: 'redeemed', left: 0, bank: 0, endsAt };
    return;
  }
  const face = partOf(stock.face, { amount: 10_000, bank: stock.bankPart });
  state.instances[id] = { stock: name, customer, state: 'issued', left: face.amount, bank: face.bank, endsAt };
  moveShared(state, `customer:${customer}`, 'budget', minus(face));
}

/** A whole bundle is, too, when one of its parts is. */
export function isSoldOut(state: ModelState, name: string): boolean {
  const { total, parts, isWhole } = at(state.stocks, name);
  return takenOf(state, name) >= total || (isWhole && parts.some((part) => isSoldOut(state, part)));
}

/** The bank takes an unused benefit back, and another may claim it. */
export function takeBack(state: ModelState, { instance: name }: RequestTo<'void'>): string {
  const instance = at(state.instances, name);
  refuseIf(instance.state !== 'issued', 'INSTANCE_NOT_AVAILABLE');
  end(state, instance, 'void');
  count(state, instance.stock, -1);
  count(state, `${instance.stock} ${instance.customer}`, -1);
  return 'void';
}

export function setState(state: ModelState, { stock: name, to }: RequestTo<'set_state'>): string {
  const stock = at(state.stocks, name);
  refuseIf(stock.state === 'closed' && to !== 'closed', 'STOCK_CLOSED');
  stock.state = to;
  return to;
}

export function link(state: ModelState, { customer, person }: RequestTo<'link'>): string {
  state.persons[customer] = person;
  return 'linked';
}
