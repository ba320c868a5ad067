import {
  at,
  DAY_MS,
  minus,
  move,
  moveShared,
  partOf,
  refuseIf,
  type ModelState,
  type Part,
  type RequestTo,
  type ShownItem,
  type SoldItem,
} from './model-state';

const CODE_STEP_MS = 30_000;
const HOLD_MS = 300_000;

export function redeem(state: ModelState, { id, items, merchant, order }: RequestTo<'redeem' | 'hold'>): string {
  const sold = shown(state, items, order);
  return sell(state, id, { items: sold, merchant }, 'customer');
}

export function hold(state: ModelState, { id, items, merchant, order }: RequestTo<'redeem' | 'hold'>): string {
  const sold = shown(state, items, order);
  for (const { instance: name, held } of sold) {
    const instance = at(state.instances, name);
    instance.state = 'held';
    move(state, `customer:${instance.customer}`, `held:${instance.customer}`, held);
  }
  state.holds[id] = { items: sold, merchant, state: 'held', endsAt: state.now + HOLD_MS };
  return `held ${sold.length}`;
}

/** Checks what is shown at a till and uses the codes up. */
function shown(state: ModelState, items: ShownItem[], order: number): SoldItem[] {
  const names = new Set<string>();
  for (const { instance, madeAt, nonce } of items) {
    const step = Math.floor(madeAt / CODE_STEP_MS);
    refuseIf(Math.abs(Math.floor(state.now / CODE_STEP_MS) - step) > 1, 'CODE_STALE');
    refuseIf(`${instance} ${step} ${nonce}` in state.usedCodes, 'CODE_USED');
    refuseIf(names.has(instance), 'ITEM_TWICE');
    names.add(instance);
  }
  let open = order;
  const sold = items.map(({ instance: name, amount: asked }) => {
    const instance = at(state.instances, name);
    const { kind, threshold } = at(state.stocks, instance.stock);
    const isStored = kind === 'packet';
    refuseIf(instance.state !== 'issued', 'INSTANCE_NOT_AVAILABLE');
    refuseIf(kind === 'code', 'NOT_FOR_TILLS');
    refuseIf(order < threshold, 'BELOW_THRESHOLD');
    refuseIf(isStored ? asked > instance.left : asked > 0 && asked !== instance.left, 'AMOUNT_NOT_AVAILABLE');
    const amount = isStored && asked > 0 ? asked : Math.min(instance.left, open);
    refuseIf(amount > open || amount <= 0, 'SALE_OVERDRAWN');
    open -= amount;
    return { instance: name, amount, held: isStored ? amount : instance.left };
  });
  for (const { instance, madeAt, nonce } of items) {
    state.usedCodes[`${instance} ${Math.floor(madeAt / CODE_STEP_MS)} ${nonce}`] = true;
  }
  return sold;
}

export function sell(
  state: ModelState,
  id: string,
  { items, merchant }: { items: SoldItem[]; merchant: string },
  from: 'customer' | 'held',
): string {
  items.forEach((item, index) => {
    const instance = at(state.instances, item.instance);
    const taken = partOf(item.held, { amount: instance.left, bank: instance.bank });
    const cost = partOf(item.amount, taken);
    instance.left -= taken.amount;
    instance.bank -= taken.bank;
    instance.state = instance.left > 0 ? 'issued' : 'redeemed';
    moveShared(state, `${from}:${instance.customer}`, 'budget', taken);
    bear(state, merchant, cost);
    state.redemptions[`${id}/${index}`] = { item, taken, cost, merchant, at: state.now, isReversed: false };
  });
  return `redeemed ${items.map(({ amount }) => amount).join(' ')}`;
}

/** Owes a merchant, at the cost of the bank and of himself. */
export function bear(state: ModelState, merchant: string, { amount, bank }: Part): void {
  move(state, 'cost_bank', `payable:${merchant}`, bank);
  move(state, `cost_merchant:${merchant}`, `payable:${merchant}`, amount - bank);
}

export function reverse(state: ModelState, name: string): string {
  const redemption = at(state.redemptions, name);
  refuseIf(redemption.isReversed, 'REDEMPTION_REVERSED');
  refuseIf(state.now - redemption.at > DAY_MS, 'REVERSAL_WINDOW_OVER');
  const { item, taken, cost, merchant } = redemption;
  const instance = at(state.instances, item.instance);
  redemption.isReversed = true;
  bear(state, merchant, minus(cost));
  const isAlive = state.now < instance.endsAt;
  if (isAlive && ['redeemed', 'issued', 'held', 'gifting'].includes(instance.state)) {
    if (instance.state === 'redeemed') instance.state = 'issued';
    instance.left += taken.amount;
    instance.bank += taken.bank;
    const holder = instance.state === 'gifting' ? 'on_way' : 'customer';
    moveShared(state, `${holder}:${instance.customer}`, 'budget', minus(taken));
  } else {
    if (!isAlive) {
      // What had ended in the meantime has ended unused.
      move(state, 'budget_bank', 'expired_bank', taken.bank);
      move(state, 'budget_merchant', 'expired_merchant', taken.amount - taken.bank);
    }
    if (instance.state === 'redeemed') instance.state = 'reversed';
  }
  return `reversed ${item.amount}`;
}

export function openHold(state: ModelState, name: string): ModelState['holds'][string] {
  const current = at(state.holds, name);
  refuseIf(current.state !== 'held', `HOLD_${current.state.toUpperCase()}`);
  return current;
}

export function release(state: ModelState, current: ModelState['holds'][string], to: string): void {
  current.state = to;
  for (const { instance: name, held } of current.items) {
    const instance = at(state.instances, name);
    instance.state = 'issued';
    move(state, `held:${instance.customer}`, `customer:${instance.customer}`, held);
  }
}
