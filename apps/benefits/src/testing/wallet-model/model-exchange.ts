import { take } from './model-claim';
import {
  at,
  dayOf,
  move,
  moveShared,
  profilesOf,
  Refusal,
  refuseIf,
  sumOf,
  type ModelState,
  type RequestTo,
} from './model-state';
import { give, putIn, spend } from './model-points';

/** Points for a coffee, and a coffee for points. */
export const PRICE = 40;
export const PAID = 25;
export const EXCHANGES_PER_DAY = 3;
export const COFFEE = 'coffee';

type Exchange = RequestTo<'buy' | 'sell'>;

/** What is given is set aside; the exchange is not told before the other side is granted or refused. */
export function openExchange(state: ModelState, request: Exchange): void {
  const customer = request.do === 'buy' ? request.customer : at(state.instances, request.instance).customer;
  const key = usedKey(state, request, customer);
  const used = (profile: string): number => state.exchanged[usedKey(state, request, profile)] ?? 0;
  refuseIf(sumOf(profilesOf(state, customer).map(used)) >= EXCHANGES_PER_DAY, 'CUSTOMER_DAILY_LIMIT_REACHED');
  const given = request.do === 'buy' ? spend(state, customer, PRICE) : [];
  if (request.do === 'sell') setAside(state, request.instance);
  state.exchanged[key] = used(customer) + 1;
  state.exchanges[request.id] = { given, instance: request.do === 'sell' ? request.instance : '', customer };
}

/** Both sides, or what was given comes back. */
export function settleExchange(state: ModelState, request: Exchange): string {
  const { given, instance: name, customer } = at(state.exchanges, request.id);
  delete state.exchanges[request.id];
  if (request.do === 'sell') {
    const instance = at(state.instances, name);
    moveShared(state, `held:${customer}`, 'budget', { amount: instance.left, bank: instance.bank });
    Object.assign(instance, { state: 'redeemed', left: 0, bank: 0 });
    give(state, customer, PAID);
    return 'sold';
  }
  try {
    take(state, { id: request.id, stock: COFFEE, customer });
    return 'bought';
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    putIn(state, customer, given);
    state.exchanged[usedKey(state, request, customer)]! -= 1;
    return refusal.message;
  }
}

function setAside(state: ModelState, name: string): void {
  const instance = at(state.instances, name);
  refuseIf(instance.stock !== COFFEE, 'INSTANCE_NOT_OF_OFFER');
  refuseIf(instance.state !== 'issued', 'INSTANCE_NOT_AVAILABLE');
  refuseIf(instance.left < at(state.stocks, COFFEE).face, 'INSTANCE_PARTLY_USED');
  instance.state = 'held';
  move(state, `customer:${instance.customer}`, `held:${instance.customer}`, instance.left);
}

const usedKey = ({ now }: ModelState, { do: what }: Exchange, customer: string): string =>
  `${what} ${customer} ${dayOf(now)}`;
