import { at, move, moveShared, refuseIf, type ModelState, type RequestTo } from './model-state';
import { bear } from './model-till';

/** The first look at a third party's code is its redemption; from then on it is shown as often as it is asked for. */
export function show(state: ModelState, { instance: name }: RequestTo<'show'>): string {
  const instance = at(state.instances, name);
  refuseIf(at(state.stocks, instance.stock).kind !== 'code', 'CODE_NOT_FOUND');
  if (instance.state === 'redeemed') return 'shown';
  refuseIf(instance.state !== 'issued', 'INSTANCE_NOT_AVAILABLE');
  const rest = { amount: instance.left, bank: instance.bank };
  moveShared(state, `customer:${instance.customer}`, 'budget', rest);
  bear(state, 'provider', rest);
  Object.assign(instance, { state: 'redeemed', left: 0, bank: 0 });
  return 'shown';
}

/** The bank owes a merchant more, or less, at its own cost. */
export function adjust(state: ModelState, { id, merchant, amount }: RequestTo<'adjust'>): string {
  state.adjustments[id] = { merchant, amount };
  move(state, 'cost_bank', `payable:${merchant}`, amount);
  return 'adjusted';
}

/** Pays what a merchant is owed, each item once. */
export function settle(state: ModelState, request: RequestTo<'settle'>): string {
  const { merchant, redemptions, reversals, adjustments, amount } = request;
  const items = [...redemptions, ...reversals.map((name) => `back ${name}`), ...adjustments];
  refuseIf(
    items.some((item) => item in state.settled),
    'REDEMPTION_IN_OTHER_BATCH',
  );
  for (const item of items) state.settled[item] = true;
  move(state, `payable:${merchant}`, `paid_out:${merchant}`, amount);
  return 'settled';
}

/** Everything a merchant is owed for that was not paid; undefined when that is nothing, or less. */
export function openItems(state: ModelState, merchant: string): Omit<RequestTo<'settle'>, 'id' | 'do'> | undefined {
  const isOpen = (item: string): boolean => !(item in state.settled);
  const ofMerchant = Object.entries(state.redemptions).filter(([, each]) => each.merchant === merchant);
  const adjusted = Object.entries(state.adjustments).filter(([id, each]) => each.merchant === merchant && isOpen(id));
  const redeemed = ofMerchant.filter(([name]) => isOpen(name));
  const reversed = ofMerchant.filter(([name, { isReversed }]) => isReversed && isOpen(`back ${name}`));
  const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0);
  const amount =
    sum(redeemed.map(([, { item }]) => item.amount)) -
    sum(reversed.map(([, { item }]) => item.amount)) +
    sum(adjusted.map(([, each]) => each.amount));
  if (amount <= 0) return undefined;
  const names = (entries: [string, unknown][]): string[] => entries.map(([name]) => name);
  return {
    merchant,
    redemptions: names(redeemed),
    reversals: names(reversed),
    adjustments: names(adjusted),
    amount,
  };
}
