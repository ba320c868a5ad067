import {
  at,
  count,
  DAY_MS,
  isGivable,
  move,
  refuseIf,
  requireRoom,
  type ModelState,
  type RequestTo,
} from './model-state';

export function offer(state: ModelState, { id, instance: name }: RequestTo<'offer'>): string {
  const instance = at(state.instances, name);
  refuseIf(!isGivable(at(state.stocks, instance.stock)), 'NOT_TRANSFERABLE');
  refuseIf(instance.state !== 'issued', 'INSTANCE_NOT_AVAILABLE');
  instance.state = 'gifting';
  state.gifts[id] = { instance: name, state: 'open', endsAt: Math.min(state.now + DAY_MS, instance.endsAt) };
  move(state, `customer:${instance.customer}`, `on_way:${instance.customer}`, instance.left);
  return 'offered';
}

export function accept(state: ModelState, { id, gift: name, customer }: RequestTo<'accept'>): string {
  const gift = openGift(state, name);
  const { customer: giver } = at(state.instances, gift.instance);
  refuseIf(customer === giver, 'GIFT_TO_SELF');
  gift.state = 'taken';
  return hand(state, { id, instance: gift.instance, customer }, `on_way:${giver}`);
}

export function transfer(state: ModelState, request: RequestTo<'transfer'>): string {
  const instance = at(state.instances, request.instance);
  refuseIf(!isGivable(at(state.stocks, instance.stock)), 'NOT_TRANSFERABLE');
  refuseIf(request.customer === instance.customer, 'GIFT_TO_SELF');
  refuseIf(instance.state !== 'issued', 'INSTANCE_NOT_AVAILABLE');
  return hand(state, request, `customer:${instance.customer}`);
}

/** The taker gets an instance of his own, under his own limit. */
function hand(
  state: ModelState,
  { id, instance: name, customer }: { id: string; instance: string; customer: string },
  from: string,
): string {
  const given = at(state.instances, name);
  requireRoom(state, given.stock, customer);
  count(state, `${given.stock} ${customer}`, 1);
  state.instances[id] = { ...given, customer, state: 'issued' };
  move(state, from, `customer:${customer}`, given.left);
  given.state = 'transferred';
  given.left = 0;
  given.bank = 0;
  return `received ${at(state.instances, id).left}`;
}

export function openGift(state: ModelState, name: string): ModelState['gifts'][string] {
  const gift = at(state.gifts, name);
  refuseIf(gift.state !== 'open', `GIFT_${gift.state.toUpperCase()}`);
  return gift;
}

export function returnGift(state: ModelState, gift: ModelState['gifts'][string], to: string): void {
  const instance = at(state.instances, gift.instance);
  gift.state = to;
  instance.state = 'issued';
  move(state, `on_way:${instance.customer}`, `customer:${instance.customer}`, instance.left);
}
