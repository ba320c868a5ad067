import type { Attributes, Customer } from './customer';
import type { Fact } from './fact';
import { minorUnits } from './money';

/** Facts that open (+1) or close (-1) a holding, and the product when the data names none. */
const HOLDING_MOVES: Record<string, { by: 1 | -1; product: string }> = {
  'product-opened': { by: 1, product: 'product' },
  'product-closed': { by: -1, product: 'product' },
  'account-opened': { by: 1, product: 'account' },
  'card-issued': { by: 1, product: 'card' },
  'loan-granted': { by: 1, product: 'loan' },
};
const PRODUCT_KEY_MAX = 40;

/** Whether a fact can change a profile at all. */
export const touchesProfile = ({ type, data }: Fact): boolean =>
  type === 'transaction' ||
  type === 'login' ||
  Object.hasOwn(HOLDING_MOVES, type) ||
  minorUnits(data, 'balance') !== undefined;

/**
 * What facts change on a profile: behaviour aggregates, the balance and the holdings, all as attributes, so that rules read
 * them as they read imported ones. Facts may come in any order: sums commute, the latest time wins for the balance.
 * Undefined when nothing changes.
 */
export function applyFacts(
  customer: Customer,
  facts: readonly Fact[],
): Pick<Customer, 'attributes' | 'balanceAt'> | undefined {
  const attributes: Attributes = { ...customer.attributes };
  let balanceAt = customer.balanceAt;
  let isChanged = false;
  for (const fact of facts) {
    if (fact.type === 'transaction') isChanged = countTransaction(attributes, fact) || isChanged;
    const holding = Object.hasOwn(HOLDING_MOVES, fact.type) ? HOLDING_MOVES[fact.type] : undefined;
    if (holding) isChanged = moveHolding(attributes, fact, holding) || isChanged;
    if (fact.type === 'login') isChanged = keepLatest(attributes, 'lastLoginAt', fact.occurredAt) || isChanged;
    if (setBalance(attributes, fact, balanceAt)) {
      balanceAt = fact.occurredAt;
      isChanged = true;
    }
  }
  return isChanged ? { attributes, balanceAt } : undefined;
}

function countTransaction(attributes: Attributes, fact: Fact): boolean {
  add(attributes, 'transactionCount', 1);
  add(attributes, 'transactionAmountMinor', Math.abs(minorUnits(fact.data, 'amount') ?? 0));
  keepLatest(attributes, 'lastTransactionAt', fact.occurredAt);
  return true;
}

function moveHolding(
  attributes: Attributes,
  { data }: Fact,
  { by, product }: { by: 1 | -1; product: string },
): boolean {
  const named = [data.productId, data.product].find((name) => typeof name === 'string' && name !== '');
  const key = String(named ?? product)
    .replace(/[^A-Za-z0-9_-]/g, '_')
    .slice(0, PRODUCT_KEY_MAX);
  add(attributes, `holding_${key}`, by);
  add(attributes, 'holdingCount', by);
  return true;
}

function setBalance(attributes: Attributes, { data, occurredAt }: Fact, balanceAt: Date | null): boolean {
  const balanceMinor = minorUnits(data, 'balance');
  if (balanceMinor === undefined || (balanceAt !== null && occurredAt < balanceAt)) return false;
  attributes.balanceMinor = balanceMinor;
  if (typeof data.balance === 'number') attributes.balance = data.balance;
  return true;
}

function add(attributes: Attributes, key: string, by: number): void {
  const held = attributes[key];
  attributes[key] = (typeof held === 'number' ? held : 0) + by;
}

/** Moments are kept as epoch milliseconds, which `daysSince.<key>` reads. */
function keepLatest(attributes: Attributes, key: string, at: Date): boolean {
  const held = attributes[key];
  if (typeof held === 'number' && held >= at.getTime()) return false;
  attributes[key] = at.getTime();
  return true;
}
