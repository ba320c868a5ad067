import {
  at,
  count,
  dayOf,
  end,
  minus,
  moveShared,
  partOf,
  refuseIf,
  requireRoom,
  takenOf,
  type ModelState,
  type RequestTo,
} from './model-state';

export function claim(state: ModelState, request: RequestTo<'claim'>): string {
  take(state, request);
  return 'claimed';
}

/** By a link, which ends with the claims. */
export function claimShared(state: ModelState, request: RequestTo<'shared'>): string {
  refuseIf(state.now >= at(state.stocks, request.stock).endsAt, 'SHARE_LINK_EXPIRED');
  take(state, request);
  return 'claimed';
}

/** One of a stock for a customer, its face promised by the parties of its cost split. */
export function take(
  state: ModelState,
  { id, stock: name, customer }: { id: string; stock: string; customer: string },
): void {
  const stock = at(state.stocks, name);
  const day = `${name} day ${dayOf(state.now)}`;
  refuseIf(stock.state !== 'open', `STOCK_${stock.state.toUpperCase()}`);
  refuseIf(state.now >= stock.endsAt, 'CLAIM_ENDED');
  requireRoom(state, name, customer);
  refuseIf(isSoldOut(state, name), 'STOCK_SOLD_OUT');
  refuseIf(stock.budget > 0 && (takenOf(state, name) + 1) * stock.face > stock.budget, 'BUDGET_EXHAUSTED');
  refuseIf(stock.perDay > 0 && takenOf(state, day) >= stock.perDay, 'DAILY_LIMIT_REACHED');
  for (const key of [name, day, `${name} ${customer}`]) count(state, key, 1);
  const face = partOf(stock.face, { amount: 10_000, bank: stock.bankPart });
  const endsAt = state.now + stock.validMs;
  state.instances[id] = { stock: name, customer, state: 'issued', left: face.amount, bank: face.bank, endsAt };
  moveShared(state, `customer:${customer}`, 'budget', minus(face));
}

export const isSoldOut = (state: ModelState, stock: string): boolean =>
  takenOf(state, stock) >= at(state.stocks, stock).total;

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
